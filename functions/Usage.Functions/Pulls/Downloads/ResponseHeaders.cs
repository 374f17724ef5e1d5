using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.WebUtilities;
using Usage.Core.Outbound;
using Usage.Functions.Outbound;
using Usage.Storage.Pulls;

namespace Usage.Functions.Pulls.Downloads;

/// <summary>What the headers of an answer say.</summary>
internal static class ResponseHeaders
{
    /// <summary>Of a file whose source doesn't name it. The name of our blob is no stand-in: it has the time of the pull.</summary>
    private const string Unnamed = "unnamed";

    /// <summary>Servers that ask for more patience than this get another round.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    public static OutboundException Refusal(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var said = $"found the answer {status} {ReasonPhrases.GetReasonPhrase(status)}".TrimEnd();
        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                new(
                    $"{said}, expected 200: check the headers of the source and their secrets, "
                    + "or for a blob the role of the app's identity",
                    Retry.Never),
            HttpStatusCode.RequestTimeout or (HttpStatusCode)425 or HttpStatusCode.TooManyRequests
                or >= HttpStatusCode.InternalServerError =>
                new($"{said}, expected 200", Retry.Soon) { Wait = Wait(response.Headers.RetryAfter) },
            _ => new($"{said}, expected 200", Retry.Later),
        };
    }

    public static PullValidator Validator(HttpResponseMessage response, string fingerprint) =>
        new(fingerprint, First(response.Headers, "ETag"), First(response.Content.Headers, "Last-Modified"));

    /// <summary>What the source calls the file: by <c>Content-Disposition</c>, else by the last part of its address.</summary>
    public static string Name(HttpResponseMessage response, Uri url)
    {
        var said = response.Content.Headers.ContentDisposition;
        var name = (said?.FileNameStar ?? said?.FileName)?.Trim('"');
        if (string.IsNullOrWhiteSpace(name)) name = Uri.UnescapeDataString(url.AbsolutePath);
        name = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        return name.Length == 0 ? Unnamed : name;
    }

    /// <summary>What a request for the rest can name this content by; null when nothing here does so safely.</summary>
    public static string? IfRange(HttpResponseMessage response, PullValidator validator)
    {
        if (validator.ETag is not null) return validator.IsStrong() ? validator.ETag : null;
        // A time is exact only when it had passed before the answer was made.
        return response.Headers.Date - response.Content.Headers.LastModified >= TimeSpan.FromSeconds(1) ? validator.LastModified : null;
    }

    /// <summary>Whether it is the rest of that content, from that byte.</summary>
    public static bool IsRest(HttpResponseMessage response, PartialPull partial, long from)
    {
        var now = Validator(response, partial.Validator.Source);
        return response.Content.Headers.ContentRange?.From == from
            && (now.ETag is null || now.ETag == partial.Validator.ETag)
            && (now.LastModified is null || partial.Validator.LastModified is null || now.LastModified == partial.Validator.LastModified);
    }

    /// <summary>The size of the whole file; null when the source doesn't say.</summary>
    public static long? Size(HttpResponseMessage response) => response.StatusCode == HttpStatusCode.PartialContent
        ? response.Content.Headers.ContentRange?.Length
        : response.Content.Headers.ContentLength;

    /// <summary>Whether the bytes are gzip by declaration. They are kept as they come: an import unpacks them, within its limits.</summary>
    /// <exception cref="OutboundException">They are packed otherwise.</exception>
    public static bool IsPacked(HttpResponseMessage response)
    {
        var packed = false;
        foreach (var encoding in response.Content.Headers.ContentEncoding)
        {
            if (encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase)
                || encoding.Equals("x-gzip", StringComparison.OrdinalIgnoreCase))
                packed = true;
            else if (!encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
                throw new OutboundException("found a Content-Encoding that wasn't asked for, expected gzip or none", Retry.Later);
        }
        return packed;
    }

    private static TimeSpan? Wait(RetryConditionHeaderValue? retry) => retry?.Delta is { } wait && wait <= LongestWait ? wait : null;

    private static string? First(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
