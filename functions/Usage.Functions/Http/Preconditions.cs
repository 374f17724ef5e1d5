using Microsoft.AspNetCore.Http;
using Usage.Functions.Http.Errors;

namespace Usage.Functions.Http;

/// <summary>What <c>If-Match</c> and <c>If-None-Match</c> demand of what is stored when a write arrives.</summary>
public sealed class Preconditions
{
    private readonly string[]? match;
    private readonly string[]? noneMatch;

    public Preconditions(HttpRequest request)
    {
        match = Split(request.Headers.IfMatch);
        noneMatch = Split(request.Headers.IfNoneMatch);
    }

    /// <param name="tag">Of what is stored; null when there is nothing.</param>
    /// <param name="whole">Of the whole that it is a part of: a caller may hold that one.</param>
    /// <returns>The 412 when the precondition doesn't hold; null when it does.</returns>
    public ProblemAnswer? Check(string? tag, string? whole = null)
    {
        if (match is not null && !Names(match, tag) && !(whole is not null && match.Contains(whole)))
        {
            return ProblemAnswer.PreconditionFailed("If-Match", tag is null
                ? "If-Match was given, but there is nothing stored under this id."
                : $"It was changed meanwhile: its ETag is {tag} now. Read it again, then repeat the change.");
        }

        if (noneMatch is not null && Names(noneMatch, tag))
            return ProblemAnswer.PreconditionFailed("If-None-Match", "If-None-Match was given, but it exists already.");
        return null;
    }

    private static bool Names(string[] tags, string? tag) => tag is not null && (tags.Contains("*") || tags.Contains(tag));

    private static string[]? Split(Microsoft.Extensions.Primitives.StringValues header) => header.Count == 0
        ? null
        : [.. header.SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
}
