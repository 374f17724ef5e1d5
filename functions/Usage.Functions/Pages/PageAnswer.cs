using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Usage.Functions.Http;
using Usage.Page;

namespace Usage.Functions.Pages;

/// <summary>A file of the page, packed as the browser understands it, with what the browser is to keep others from doing in it.</summary>
public sealed class PageAnswer(PageFile file) : IStatusCodeActionResult
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    int? IStatusCodeActionResult.StatusCode => StatusCodes.Status200OK;

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var (request, response) = (context.HttpContext.Request, context.HttpContext.Response);
        var (coding, bytes) = file.Packed.FirstOrDefault(packed => Takes(request, packed.Key)) is { Key: not null } one
            ? (one.Key, one.Value) : (null, file.Plain);
        var tag = $"\"{file.Tag}{(coding is null ? "" : $"-{coding}")}\"";
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        response.Headers.CacheControl = file.IsImmutable ? "public, max-age=31536000, immutable" : "no-cache";
        response.Headers.Vary = "Accept-Encoding";
        response.Headers.ETag = tag;
        if (new Preconditions(request).HasAlready(tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = file.ContentType;
        response.ContentLength = bytes.Length;
        if (coding is not null) response.Headers.ContentEncoding = coding;
        if (!HttpMethods.IsHead(request.Method)) await response.Body.WriteAsync(bytes, context.HttpContext.RequestAborted);
    }

    private static bool Takes(HttpRequest request, string coding) =>
        request.GetTypedHeaders().AcceptEncoding
            .Any(one => one.Value.Equals(coding, StringComparison.OrdinalIgnoreCase) && one.Quality is not 0);
}
