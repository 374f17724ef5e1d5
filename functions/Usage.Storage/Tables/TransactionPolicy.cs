using System.Collections.Concurrent;
using System.Text;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Usage.Storage.Tables;

/// <summary>
/// Halves what a transaction costs the client in processor time. Its body is written down before it is sent: else the client keeps a
/// request and a JSON writer for each entity, 2 MB in all, until the service has answered, and the garbage collector moves them about.
/// And the answers within the answer are passed over when all of them say that the write is done: nobody here looks at them.
/// </summary>
internal sealed class TransactionPolicy : HttpPipelinePolicy
{
    private const int LargestKept = 1 << 20;

    private readonly ConcurrentBag<MemoryStream> _bodies = [];

    /// <summary>Nobody sends a transaction this way.</summary>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => ProcessNext(message, pipeline);

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var body = await WriteDownAsync(message.Request);
        await ProcessNextAsync(message, pipeline);
        if (body is null || message.Response.Status != 202) return;
        // After any other answer, or in an earlier try, somebody may still be sending it.
        if (message.ProcessingContext.RetryNumber == 0 && body.Capacity <= LargestKept) _bodies.Add(body);
        PassOver(message.Response);
    }

    /// <returns>Null: it is no transaction.</returns>
    private async ValueTask<MemoryStream?> WriteDownAsync(Request request)
    {
        if (request.Content is not { } content || !request.Uri.Path.EndsWith("/$batch", StringComparison.Ordinal)) return null;
        var body = _bodies.TryTake(out var used) ? used : new MemoryStream();
        body.SetLength(0);
        // Its synchronous twin clears 128 KB of a buffer for each entity.
        await content.WriteToAsync(body, CancellationToken.None);
        content.Dispose();
        request.Content = RequestContent.Create(body.GetBuffer().AsMemory(0, (int)body.Length));
        return body;
    }

    /// <summary>Leaves of an answer only its end, unless there is something in it to be seen.</summary>
    private static void PassOver(Response answer)
    {
        const string Multipart = "multipart/mixed; boundary=";
        if (answer is not { ContentStream: MemoryStream content, Headers.ContentType: { } type }) return;
        if (!type.StartsWith(Multipart, StringComparison.Ordinal)) return;
        var text = answer.Content.ToMemory().Span;
        if (!AreAllDone(text)) return;
        var end = text.LastIndexOf(Encoding.ASCII.GetBytes($"--{type[Multipart.Length..]}--"));
        if (end > 0) content.Position = end;
    }

    /// <summary>A transaction that failed has one answer, which says why; one that was done has one for each write.</summary>
    private static bool AreAllDone(ReadOnlySpan<byte> text) =>
        text.Count("\nContent-Type: application/http"u8) is > 0 and var answers && answers == text.Count("\nHTTP/1.1 204 "u8);
}
