using Microsoft.AspNetCore.Http;
using Usage.Functions.Http.Errors;

namespace Usage.Functions.Http;

/// <summary>Reads bodies that must be small, and stops as soon as one isn't.</summary>
public static class BoundedBody
{
    /// <exception cref="BodyTooLargeException">More than <paramref name="limit"/> bytes.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        BodySize.Admit(request, limit);
        using var buffer = new MemoryStream((int)(request.ContentLength ?? 4096));
        var chunk = new byte[16 * 1024];
        while (await request.Body.ReadAsync(chunk, cancellationToken) is > 0 and var read)
        {
            if (buffer.Length + read > limit) throw new BodyTooLargeException(limit);
            buffer.Write(chunk, 0, read);
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }
}
