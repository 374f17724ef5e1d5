using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Usage.Core;
using Usage.Core.Access;
using Usage.Core.Issues;

namespace Usage.Functions.Http.Errors;

/// <summary>RFC 9457 problem details, with everything that is wrong at once.</summary>
public sealed class ProblemAnswer : IStatusCodeActionResult
{
    /// <summary>Told one by one; of more, only how many they are.</summary>
    public const int MaxErrors = 100;

    private const int MaxText = 1_000;

    private readonly Body _body;
    private readonly string? _retryAfter;

    public ProblemAnswer(int status, string title, string detail, params IReadOnlyList<ApiError> errors) =>
        _body = new Body(title, status, Cut(detail), [.. errors.Take(MaxErrors).Select(Cut)]);

    private ProblemAnswer(Body body, string? retryAfter = null) => (_body, _retryAfter) = (body, retryAfter);

    public int Status => _body.Status;

    int? IStatusCodeActionResult.StatusCode => _body.Status;

    public IReadOnlyList<ApiError> Errors => _body.Errors;

    public static ProblemAnswer BadRequest(params IReadOnlyList<ApiError> errors) => new(400, "Bad request", Detail(errors), errors);

    /// <summary>What contradicts what is there already.</summary>
    public static ProblemAnswer Conflict(params IReadOnlyList<ApiError> errors) => new(409, "Conflict", Detail(errors), errors);

    /// <summary>What would fail as a run.</summary>
    /// <param name="path">Of what it would fail for.</param>
    public static ProblemAnswer Conflict(RunError error, string path) => Conflict(new ApiError(error.Code, path, error.Message));

    /// <summary>Who asks is known, and may not.</summary>
    /// <param name="neededRole">The least that may.</param>
    public static ProblemAnswer Forbidden(string neededRole, string detail) =>
        new(new Body("Forbidden", 403, detail, [new ApiError(ApiErrorCode.Forbidden, "", detail)]) { NeededRole = neededRole });

    /// <summary>Who asks isn't known.</summary>
    /// <param name="ways">In which one may sign in.</param>
    public static ProblemAnswer Unknown(IReadOnlyList<SignInKind> ways, string code, string detail) =>
        new(new Body("Not signed in", 401, detail, [new ApiError(code, "", detail)]) { SignIn = ways });

    /// <param name="retryAfter">Seconds.</param>
    public static ProblemAnswer TooMany(string retryAfter, string detail) =>
        new(new Body("Too many requests", 429, detail, [new ApiError(ApiErrorCode.TooMany, "", detail)]), retryAfter);

    public static ProblemAnswer NotFound(string what, string id) => NotFound($"There is no {what} \"{id}\".");

    public static ProblemAnswer NotFound(string detail) => Of(404, "Not found", ApiErrorCode.NotFound, detail);

    public static ProblemAnswer PreconditionFailed(string header, string detail) =>
        new(412, "Precondition failed", detail, new ApiError(ApiErrorCode.Changed, header, detail));

    public static ProblemAnswer TooLarge(long limit) =>
        Of(413, "Content too large", ApiErrorCode.TooLarge, $"The body is larger than the limit of {limit:N0} bytes.");

    /// <summary>One thing is wrong, and no place in the request is to blame.</summary>
    public static ProblemAnswer Of(int status, string title, string code, string detail) =>
        new(status, title, detail, new ApiError(code, "", detail));

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        response.StatusCode = _body.Status;
        if (_retryAfter is not null) response.Headers.RetryAfter = _retryAfter;
        response.ContentType = "application/problem+json; charset=utf-8";
        var json = JsonSerializer.SerializeToUtf8Bytes(_body, CoreJson.Options);
        response.ContentLength = json.Length;
        await response.Body.WriteAsync(json, context.HttpContext.RequestAborted);
    }

    private static string Detail(IReadOnlyList<ApiError> errors) =>
        errors.Count == 1 ? errors[0].Message
        : errors.Count <= MaxErrors ? $"{errors.Count} things are wrong; see errors."
        : $"{errors.Count:N0} things are wrong; errors has the first {MaxErrors}.";

    // What was sent is quoted, and may be long.
    private static ApiError Cut(ApiError error) => error with { Path = Cut(error.Path), Message = Cut(error.Message) };

    private static string Cut(string text) => text.Length <= MaxText ? text : $"{text.AsSpan(0, MaxText)}…";

    internal sealed record Body(string Title, int Status, string Detail, IReadOnlyList<ApiError> Errors)
    {
        /// <summary>Of 403.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? NeededRole { get; init; }

        /// <summary>Of 401: the ways to sign in that there are.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public IReadOnlyList<SignInKind>? SignIn { get; init; }
    }
}
