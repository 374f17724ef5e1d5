using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Usage.Core;
using Usage.Functions.Http.Bodies;
using Usage.Functions.Http.Errors;

namespace Usage.Functions.Http;

/// <summary>A request's JSON, either as the type it should be or as everything that is wrong with it.</summary>
public static class JsonBody
{
    /// <summary>More than any configuration needs, and small enough that what is stored of it fits into one entity.</summary>
    public const int MaxBytes = 256 << 10;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <exception cref="BodyTooLargeException">More than <see cref="MaxBytes"/>.</exception>
    public static async Task<(T? Value, IReadOnlyList<ApiError> Errors)> ReadAsync<T>(
        HttpRequest request, CancellationToken cancellationToken)
        where T : class => Parse<T>(await BoundedBody.ReadAsync(request, MaxBytes, cancellationToken));

    public static (T? Value, IReadOnlyList<ApiError> Errors) Parse<T>(ReadOnlyMemory<byte> json)
        where T : class
    {
        // Some editors and scripts begin what they save with it.
        if (json.Span.StartsWith(Encoding.UTF8.Preamble)) json = json[Encoding.UTF8.Preamble.Length..];
        if (json.Length == 0) return (null, [new ApiError(ApiErrorCode.EmptyBody, "", "The body is empty, expected JSON.")]);
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return Read<T>(document.RootElement);
        }
        catch (JsonException problem)
        {
            return (null, [new ApiError(ApiErrorCode.MalformedJson, "", $"The body is not valid JSON: {Where(problem)}.")]);
        }
        catch (InvalidOperationException)
        {
            // What reading a text throws that is half of a surrogate pair, or no UTF-8.
            return (null, [new ApiError(ApiErrorCode.MalformedJson, "", "The body is not valid JSON: a text in it is not valid Unicode.")]);
        }
    }

    /// <summary>The same for a part of a document; <paramref name="path"/> stands before the paths of its errors.</summary>
    /// <returns>The value with stand-ins where there are errors; null when there is nothing to look at.</returns>
    public static (T? Value, IReadOnlyList<ApiError> Errors) Read<T>(JsonElement element, string path = "")
        where T : class
    {
        var errors = new List<ApiError>();
        var read = new JsonShape(errors).Check(element, typeof(T), path);
        // With so many errors nobody reads what the rules would say besides, and each of it would be held against all of these.
        var isUseless = errors.Count > ProblemAnswer.MaxErrors
            || errors.Any(error => error.Path == path && error.Code == ApiErrorCode.WrongType);
        try
        {
            return (isUseless ? null : read.Deserialize<T>(CoreJson.Options), errors);
        }
        catch (JsonException) when (errors.Count > 0)
        {
            // Not every kind of id has a stand-in.
            return (null, errors);
        }
    }

    private static string Where(JsonException problem)
    {
        var reason = problem.Message.Split(" LineNumber:")[0].Split(" Path:")[0].TrimEnd('.');
        return problem.LineNumber is { } line ? $"line {line + 1}, byte {problem.BytePositionInLine + 1}: {reason}" : reason;
    }
}

/// <summary>A body of what is edited: what was read can be sent back, so what an answer has besides is ignored.</summary>
public abstract record EditedBody
{
    internal static readonly string[] Ignored = ["id", "version", "by", "at", "warnings"];
}
