using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Usage.Functions.Http.Errors;

namespace Usage.Functions.Http;

/// <summary>What <c>If-Match</c> and <c>If-None-Match</c> demand of what is stored when a write arrives.</summary>
public sealed class Preconditions
{
    private readonly IList<EntityTagHeaderValue>? _match;
    private readonly IList<EntityTagHeaderValue>? _noneMatch;

    public Preconditions(HttpRequest request)
    {
        _match = Read(request.Headers.IfMatch);
        _noneMatch = Read(request.Headers.IfNoneMatch);
    }

    /// <param name="tag">Of what is stored; null when there is nothing.</param>
    /// <param name="whole">Of the whole that it is a part of: a caller may hold that one.</param>
    /// <returns>The 412 when the precondition doesn't hold; null when it does.</returns>
    public ProblemAnswer? Check(string? tag, string? whole = null)
    {
        if (_match is not null && !IsMet(_match, tag, strong: true) && !(whole is not null && Names(_match, whole, strong: true)))
        {
            return ProblemAnswer.PreconditionFailed("If-Match", tag is null
                ? "If-Match was given, but there is nothing stored under this id."
                : $"It was changed meanwhile: its ETag is {tag} now. Read it again, then repeat the change.");
        }

        if (_noneMatch is not null && IsMet(_noneMatch, tag, strong: false))
            return ProblemAnswer.PreconditionFailed("If-None-Match", "If-None-Match was given, but it exists already.");
        return null;
    }

    /// <summary>Whether who reads has what is there already.</summary>
    public bool HasAlready(string tag) => _noneMatch is not null && IsMet(_noneMatch, tag, strong: false);

    private static bool IsMet(IList<EntityTagHeaderValue> tags, string? tag, bool strong) =>
        tag is not null && (tags.Contains(EntityTagHeaderValue.Any) || Names(tags, tag, strong));

    private static bool Names(IList<EntityTagHeaderValue> tags, string tag, bool strong) =>
        tags.Any(one => one.Compare(new EntityTagHeaderValue(tag), strong));

    /// <returns>None of a header that is no list of tags: a condition that nobody can read isn't met.</returns>
    private static IList<EntityTagHeaderValue>? Read(StringValues header)
    {
        if (header.Count == 0) return null;
        return EntityTagHeaderValue.TryParseList([.. header.OfType<string>()], out var tags) ? tags : [];
    }
}
