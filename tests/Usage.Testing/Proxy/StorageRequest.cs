using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Usage.Testing.Proxy;

/// <summary>A request of the app to storage, whole, so that it can be sent once, twice or never.</summary>
/// <param name="Sender">Which of the app's instances sends it, from 0.</param>
/// <param name="Service"><c>blob</c>, <c>queue</c> or <c>table</c>.</param>
/// <param name="Target">Path and query, as they were sent.</param>
public sealed record StorageRequest(
    int Sender, string Service, string Method, string Target, IHeaderDictionary Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>What a table transaction writes is only in its body.</summary>
    public bool IsAbout(string text) => Target.Contains(text, StringComparison.Ordinal)
        || (IsTransaction && Encoding.UTF8.GetString(Body.Span).Contains(text, StringComparison.Ordinal));

    /// <summary>The host's own and its durable engine's: their number depends on time more than on what the app does.</summary>
    public bool IsOfHost => Target.Contains("usagehub", StringComparison.OrdinalIgnoreCase)
        || Target.Contains("webjobs", StringComparison.Ordinal) || IsScan;

    // The host looks for files all the time.
    private bool IsScan =>
        Method == "GET" && Target.Contains("comp=list", StringComparison.Ordinal) && Target.Contains("/imports", StringComparison.Ordinal);

    /// <summary>What the app asks as it starts and when its health is asked for: spoiled, it would only start later.</summary>
    public bool IsStart => Target.Contains("'health'", StringComparison.Ordinal) || Target.Contains("/Tables?", StringComparison.Ordinal)
        || Target.EndsWith("restype=container", StringComparison.Ordinal);

    private bool IsTransaction => Target.EndsWith("$batch", StringComparison.Ordinal);

    public static async Task<StorageRequest> ReadAsync(HttpContext http, int sender, string service)
    {
        // Bodies are what the app writes at once, which is little; of a known length they are not copied a second time.
        using var body = new MemoryStream((int)(http.Request.ContentLength ?? 0));
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        return new StorageRequest(
            sender, service, http.Request.Method, http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, http.Request.Headers,
            body.GetBuffer().AsMemory(0, (int)body.Length));
    }

    /// <summary>The same bytes for the real service: signatures cover them, and paths must not be written in another way.</summary>
    public HttpRequestMessage ToMessage(string port)
    {
        var uri = new Uri($"http://127.0.0.1:{port}{Target}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var message = new HttpRequestMessage(new HttpMethod(Method), uri);
        if (Body.Length > 0 || Headers.ContentLength is not null) message.Content = new ReadOnlyMemoryContent(Body);
        foreach (var (name, values) in Headers)
        {
            if (name is "Host" or "Connection" or "Transfer-Encoding" or "Content-Length" or "Expect") continue;
            if (!message.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
                message.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        }

        return message;
    }
}
