using System.Net.Http.Headers;
using Usage.Core.Outbound;

namespace Usage.Functions.Exports.Downloads;

/// <summary>What is asked of a source: all of it if it changed, or the rest of what has begun to come.</summary>
/// <param name="IfChangedSince">Of the last file; null asks in any case.</param>
/// <param name="From">Bytes that are here already.</param>
/// <param name="IfRange">Names the content that they belong to: the rest of another one is no use.</param>
public sealed record Ask(PullValidator? IfChangedSince, long From, string? IfRange);

/// <summary>
/// Asks a source and follows its redirects. Headers of the integration, and our identity, go to the origin that it names and to no other.
/// </summary>
public sealed class ExportRequests(GuardedHttp http, BlobIdentity identity, ExportOptions options)
{
    /// <returns>An answer that is no redirect; its body is still to come.</returns>
    /// <exception cref="ExportException">There is none.</exception>
    public async Task<HttpResponseMessage> SendAsync(PullTarget target, Ask ask, CancellationToken cancel)
    {
        var url = target.Url;
        for (var hops = 0; hops <= options.MaxRedirects; hops++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            Describe(request, ask);
            if (SameOrigin(url, target.Url)) await IdentifyAsync(request, target, cancel);
            var response = await http.SendAsync(request, cancel);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308)) return response;
            using (response) url = Next(url, response);
        }

        throw new ExportException($"more than {options.MaxRedirects} redirects, the last one to {url.Authority}", Again.Later);
    }

    private static void Describe(HttpRequestMessage request, Ask ask)
    {
        var headers = request.Headers;
        headers.TryAddWithoutValidation("Accept", "text/csv, application/gzip, */*;q=0.5");
        headers.TryAddWithoutValidation("User-Agent", "Usage");
        // A file that is gzip already would be packed twice.
        headers.TryAddWithoutValidation(
            "Accept-Encoding", request.RequestUri!.AbsolutePath.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? "identity" : "gzip");
        if (ask.From > 0)
        {
            headers.Range = new RangeHeaderValue(ask.From, null);
            headers.TryAddWithoutValidation("If-Range", ask.IfRange);
        }
        else if (ask.IfChangedSince is { } last)
        {
            if (last.ETag is not null) headers.TryAddWithoutValidation("If-None-Match", last.ETag);
            if (last.LastModified is not null) headers.TryAddWithoutValidation("If-Modified-Since", last.LastModified);
        }
    }

    private async Task IdentifyAsync(HttpRequestMessage request, PullTarget target, CancellationToken cancel)
    {
        foreach (var (name, value) in target.Headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (identity.AppliesTo(target)) await identity.SignAsync(request, cancel);
    }

    private static Uri Next(Uri url, HttpResponseMessage response) =>
        response.Headers.Location is { } location && Uri.TryCreate(url, location, out var next)
            ? next
            : throw new ExportException($"{url.Authority} answered {(int)response.StatusCode} without saying where to go", Again.Later);

    private static bool SameOrigin(Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Port == other.Port && one.Host.Equals(other.Host, StringComparison.OrdinalIgnoreCase);
}
