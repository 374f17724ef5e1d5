using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Usage.Core;
using Usage.Functions.Http.Errors;

namespace Usage.Functions.Http;

/// <summary>A value as JSON, with its entity tag where it can be edited and its address where it was made.</summary>
public sealed class JsonAnswer<T>(int status, T value) : IStatusCodeActionResult
{
    public int Status => status;

    int? IStatusCodeActionResult.StatusCode => status;

    public T Value => value;

    public string? Tag { get; init; }

    /// <summary>Path below <c>/api</c>, such as <c>/runs/…</c>.</summary>
    public string? Location { get; init; }

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var (request, response) = (context.HttpContext.Request, context.HttpContext.Response);
        if (Tag is not null)
        {
            response.Headers.ETag = Tag;
            response.Headers.CacheControl = "no-cache";
            if (HttpMethods.IsGet(request.Method) && new Preconditions(request).HasAlready(Tag))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(value, CoreJson.Options);
        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        if (Location is not null) response.Headers.Location = $"{request.PathBase}/api{Location}";
        response.ContentLength = json.Length;
        await response.Body.WriteAsync(json, context.HttpContext.RequestAborted);
    }
}

public static class Answer
{
    /// <summary>200</summary>
    public static JsonAnswer<T> Ok<T>(T value) => new(200, value);

    /// <summary>200 with an ETag, for what can be edited.</summary>
    public static JsonAnswer<T> Tagged<T>(T value) => new(200, value) { Tag = EntityTag.Of(value) };

    /// <summary>200 with an ETag, or 404 when there is nothing.</summary>
    public static IActionResult Found<T>(T? value, string what, string id)
        where T : class => value is null ? ProblemAnswer.NotFound(what, id) : Tagged(value);

    /// <summary>201 or 200 with an ETag.</summary>
    public static JsonAnswer<T> Stored<T>(bool created, T value, string location) => Stored(created, value, value, location);

    /// <summary>The same where more is answered than what is stored: the tag is that of the latter, as when it is read.</summary>
    public static JsonAnswer<TShown> Stored<T, TShown>(bool created, T value, TShown shown, string location) =>
        new(created ? 201 : 200, shown) { Tag = EntityTag.Of(value), Location = created ? location : null };

    /// <summary>202 with the address where the outcome will be.</summary>
    public static JsonAnswer<T> Accepted<T>(T value, string location) => new(202, value) { Location = location };

    /// <summary>204</summary>
    public static IActionResult Nothing() => new StatusCodeResult(StatusCodes.Status204NoContent);
}
