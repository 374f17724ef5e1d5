using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Usage.Functions.Http.Errors;

namespace Usage.Functions.Http.Bodies;

/// <summary>Reads bodies that must be small, and stops as soon as one isn't.</summary>
public static class BoundedBody
{
    /// <summary>Leaves it to each operation, and not to the server, how large a body may be.</summary>
    /// <exception cref="BodyTooLargeException">It says itself that it is larger than the limit.</exception>
    public static void Admit(HttpRequest request, long limit)
    {
        // Also of one that is refused: the server reads what is left of it, so that whoever sends it gets to hear why.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        if (request.ContentLength > limit) throw new BodyTooLargeException(limit);
    }

    /// <exception cref="BodyTooLargeException">More than <paramref name="limit"/> bytes.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        Admit(request, limit);
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
