using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Usage.Functions.Http.Errors;

namespace Usage.Functions.Http;

/// <summary>How large a body may be is for each operation to say, and not for the server.</summary>
internal static class BodySize
{
    /// <exception cref="BodyTooLargeException">It says itself that it is larger than the limit.</exception>
    public static void Admit(HttpRequest request, long limit)
    {
        // Also of one that is refused: the server reads what is left of it, so that whoever sends it gets to hear why.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        if (request.ContentLength > limit) throw new BodyTooLargeException(limit);
    }
}
