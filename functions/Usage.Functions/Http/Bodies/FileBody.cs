using Microsoft.AspNetCore.Http;

namespace Usage.Functions.Http.Bodies;

/// <summary>A body that is a file, or that names one which is there already.</summary>
internal static class FileBody
{
    /// <summary>It says which file is meant, as JSON.</summary>
    public static bool IsJson(HttpRequest request) => Is(request, "application/json");

    public static bool IsForm(HttpRequest request) => Is(request, "multipart/form-data");

    /// <summary>The body, which is read to the limit and not further.</summary>
    /// <inheritdoc cref="BoundedBody.Admit"/>
    public static Stream Open(HttpRequest request, long limit)
    {
        BoundedBody.Admit(request, limit);
        return new LimitedStream(request.Body, limit);
    }

    private static bool Is(HttpRequest request, string type) =>
        string.Equals(request.ContentType?.Split(';')[0].Trim(), type, StringComparison.OrdinalIgnoreCase);
}
