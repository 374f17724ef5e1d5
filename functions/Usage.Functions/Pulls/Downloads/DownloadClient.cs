using System.Net.Http.Headers;
using Usage.Core.Outbound;
using Usage.Functions.Outbound;

namespace Usage.Functions.Pulls.Downloads;

/// <summary>What is asked of a source: all of it if it changed, or the rest of what has begun to come.</summary>
/// <param name="IfChangedSince">Of the last file; null asks in any case.</param>
/// <param name="From">Bytes that are here already.</param>
/// <param name="IfRange">Names the content that they belong to: the rest of another one is no use.</param>
public sealed record DownloadRequest(PullValidator? IfChangedSince, long From, string? IfRange);

/// <summary>
/// Asks a source and follows its redirects. Headers of the integration, and our identity, go to the origin that it names and to no other;
/// a secret in an address goes to no host that isn't listed for it.
/// </summary>
public sealed class DownloadClient(GuardedHttp http, BlobIdentity identity, SecretSettings secrets, PullOptions options)
{
    private static readonly string[] Packed = [".gz", ".xlsx", ".xlsm"];

    /// <returns>An answer that is no redirect; its body is still to come.</returns>
    /// <exception cref="OutboundException">There is none.</exception>
    public async Task<HttpResponseMessage> SendAsync(PullTarget target, DownloadRequest wanted, CancellationToken cancellationToken)
    {
        var url = target.Url;
        for (var hops = 0; hops <= options.MaxRedirects; hops++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            Describe(request, wanted);
            if (SameOrigin(url, target.Url)) await IdentifyAsync(request, target, cancellationToken);
            var response = await http.SendAsync(request, cancellationToken);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308)) return response;
            using (response) url = Next(url, target, response);
        }

        throw new OutboundException($"more than {options.MaxRedirects} redirects, the last one to {url.Authority}", Retry.Later);
    }

    private static void Describe(HttpRequestMessage request, DownloadRequest wanted)
    {
        var headers = request.Headers;
        headers.TryAddWithoutValidation("Accept", "text/csv, application/gzip, */*;q=0.5");
        headers.TryAddWithoutValidation("User-Agent", "Usage");
        // A file that is packed already, as a workbook is too, would be packed twice.
        var isPacked = Packed.Any(ending => request.RequestUri!.AbsolutePath.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
        headers.TryAddWithoutValidation("Accept-Encoding", isPacked ? "identity" : "gzip");
        if (wanted.From > 0)
        {
            headers.Range = new RangeHeaderValue(wanted.From, null);
            headers.TryAddWithoutValidation("If-Range", wanted.IfRange);
        }
        else if (wanted.IfChangedSince is { } last)
        {
            if (last.ETag is not null) headers.TryAddWithoutValidation("If-None-Match", last.ETag);
            if (last.LastModified is not null) headers.TryAddWithoutValidation("If-Modified-Since", last.LastModified);
        }
    }

    private async Task IdentifyAsync(HttpRequestMessage request, PullTarget target, CancellationToken cancellationToken)
    {
        foreach (var (name, value) in target.Headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (identity.AppliesTo(request.RequestUri!, target)) await identity.SignAsync(request, cancellationToken);
    }

    private Uri Next(Uri url, PullTarget target, HttpResponseMessage response)
    {
        if (response.Headers.Location is not { } location || !Uri.TryCreate(url, location, out var next))
            throw new OutboundException($"{url.Authority} answered {(int)response.StatusCode} without saying where to go", Retry.Later);
        // A host that hands on whatever it is asked for would give a secret to whom an integration's author likes.
        if (secrets.CarriedOn(target.Configured, next) is { } name)
            throw new OutboundException(
                $"{url.Authority} redirects to {next.Authority} with the secret {name} in the address, expected a host that the app "
                + $"setting {SecretText.Setting(name)}__Hosts lists", Retry.Never);
        return next;
    }

    private static bool SameOrigin(Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Port == other.Port && one.Host.Equals(other.Host, StringComparison.OrdinalIgnoreCase);
}
