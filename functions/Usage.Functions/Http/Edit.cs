using Microsoft.AspNetCore.Mvc;
using Usage.Core;
using Usage.Core.Problems;
using Usage.Functions.Http.Errors;

namespace Usage.Functions.Http;

/// <summary>
/// How everything that is configured under an id is changed, in one order: with the request read, load what is there, judge what is to
/// be there (400), hold the caller's preconditions against it (412) and what uses it or contradicts it (409), write unless nothing
/// changes, answer. Who loses a conditional write to somebody else begins again with loading.
/// </summary>
/// <typeparam name="TStored">As it is stored, with the version that a write is held against.</typeparam>
/// <typeparam name="T">As it is served: what its entity tag is made of.</typeparam>
/// <param name="request">The request, with its ids read.</param>
/// <param name="what">It is: product, integration and so on.</param>
/// <param name="id">As the route says it.</param>
public sealed class Edit<TStored, T>(ApiRequest request, string what, string id)
    where TStored : class
    where T : class
{
    private const int Attempts = 12;

    /// <summary>Null when nothing is there; what it belongs to is missed by <see cref="ApiRequest.Miss"/>.</summary>
    public required Func<Task<TStored?>> Load { get; init; }

    /// <summary>Null where only what it belongs to is stored.</summary>
    public required Func<TStored, T?> Shown { get; init; }

    /// <summary>The tag of what it is a part of; a caller may hold that one.</summary>
    public Func<TStored, string>? WholeTag { get; init; }

    /// <param name="after">What is to be there, made of the body and of what is there; null: the body can't be looked at.</param>
    /// <param name="judge">All that speaks against it, in itself and beside what is there (null while that isn't known).</param>
    /// <param name="write">Conditionally on what was loaded.</param>
    /// <param name="answer">Of what is stored now, whether it was made, and the warnings.</param>
    public Task<IActionResult> PutAsync(
        Func<T?, T>? after, Func<T, TStored?, Task<IReadOnlyList<Problem>>> judge, Func<T, TStored?, Task<Written<T>>> write,
        Func<T, bool, IReadOnlyList<ApiError>, IActionResult> answer) => ChangeAsync(after, judge, write, answer, mayMake: true);

    /// <summary>The same of what has to be there: 404 when it isn't.</summary>
    /// <inheritdoc cref="PutAsync"/>
    public Task<IActionResult> PatchAsync(
        Func<T, T>? after, Func<T, TStored?, Task<IReadOnlyList<Problem>>> judge, Func<T, TStored?, Task<Written<T>>> write,
        Func<T, IReadOnlyList<ApiError>, IActionResult> answer) => ChangeAsync(
            after is null ? null : before => after(before!), judge, write, (value, _, warnings) => answer(value, warnings), mayMake: false);

    /// <param name="delete">Conditionally on what was loaded; false: somebody else was faster.</param>
    /// <param name="uses">What stands in the way; null: nothing can.</param>
    public Task<IActionResult> DeleteAsync(
        Func<TStored, Task<bool>> delete, Func<TStored, Task<IReadOnlyList<ApiError>>>? uses = null) =>
        RepeatAsync(async () =>
        {
            var stored = request.Problem is null ? await Load() : null;
            if (request.Problem is { } problem) return problem;
            var before = stored is null ? null : Shown(stored);
            if (Precondition(stored, before) is { } failed) return failed;
            if (before is null) return ProblemAnswer.NotFound(what, id);
            if (uses is not null && await uses(stored!) is { Count: > 0 } users) return ProblemAnswer.Conflict(users);
            if (!await delete(stored!)) return null;
            request.Trail?.Changes(before, null);
            return Answer.Nothing();
        });

    private Task<IActionResult> ChangeAsync(
        Func<T?, T>? after, Func<T, TStored?, Task<IReadOnlyList<Problem>>> judge, Func<T, TStored?, Task<Written<T>>> write,
        Func<T, bool, IReadOnlyList<ApiError>, IActionResult> answer, bool mayMake) => RepeatAsync(async () =>
        {
            var stored = request.Problem is null ? await Load() : null;
            if (after is null) return request.Problem ?? throw new InvalidOperationException("a body that can't be read has a problem");
            var before = stored is null ? null : Shown(stored);
            if (before is null && !mayMake)
                return request.Problem ?? Precondition(stored, before) ?? ProblemAnswer.NotFound(what, id);
            var wanted = after(before);
            var found = await judge(wanted, stored);
            if (request.Judge(found) is { } problem) return problem;
            if (Precondition(stored, before) is { } failed) return failed;
            if (Problems.Answer(found) is { } conflict) return conflict;
            var warnings = Problems.Warnings(found);
            if (before is not null && EntityTag.Of(before) == EntityTag.Of(wanted)) return answer(before, false, warnings);
            var written = await write(wanted is ISigned signed ? (T)request.Sign(signed) : wanted, stored);
            if (written.Conflicts.Count > 0) return ProblemAnswer.Conflict(written.Conflicts);
            if (written.Value is not { } value) return null;
            request.Trail?.Changes(before, value);
            return answer(value, before is null, warnings);
        });

    private static async Task<IActionResult> RepeatAsync(Func<Task<IActionResult?>> attempt)
    {
        for (var i = 0; i < Attempts; i++)
            if (await attempt() is { } answer) return answer;
        return ProblemAnswer.Conflict(
            new ApiError(ApiErrorCode.Changed, "", "Others keep changing the same thing at the moment; try again."));
    }

    private ProblemAnswer? Precondition(TStored? stored, T? before) => request.Preconditions.Check(
        before is null ? null : EntityTag.Of(before), stored is null ? null : WholeTag?.Invoke(stored));
}

/// <summary>How a conditional write ended: done, lost to somebody else's (no value, no conflict), or refused.</summary>
public sealed record Written<T>(T? Value, IReadOnlyList<ApiError> Conflicts)
    where T : class;

public static class Written
{
    /// <param name="value">Null: somebody else was faster.</param>
    public static Written<T> OrLost<T>(T? value)
        where T : class => new(value, []);
}
