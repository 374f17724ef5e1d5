using Microsoft.AspNetCore.Mvc;
using Usage.Functions.Http.Errors;

namespace Usage.Functions.Http;

/// <summary>Read, hold the caller's preconditions against it, decide, write if nobody was faster; else from the beginning.</summary>
public static class Optimistic
{
    private const int Attempts = 12;

    /// <param name="read">What is stored now; null when there is nothing.</param>
    /// <param name="shown">As it is served: what the entity tag is made of.</param>
    /// <param name="write">Returns null when its conditional write was lost to someone else's.</param>
    public static Task<IActionResult> PutAsync<T>(
        ApiRequest ask, Func<Task<T?>> read, Func<T, object> shown, Func<T?, Task<IActionResult?>> write)
        where T : class => RunAsync(async () =>
        {
            var before = await read();
            return ask.Preconditions.Check(before is null ? null : EntityTag.Of(shown(before))) ?? await write(before);
        });

    /// <summary>The same for what must be there: <paramref name="missing"/> is the answer when it isn't.</summary>
    public static Task<IActionResult> DeleteAsync<T>(
        ApiRequest ask, Func<Task<T?>> read, Func<T, object> shown, ProblemAnswer missing, Func<T, Task<IActionResult?>> delete)
        where T : class => PutAsync(ask, read, shown, async before => before is null ? missing : await delete(before));

    /// <param name="attempt">Returns null when its conditional write was lost to someone else's.</param>
    public static async Task<IActionResult> RunAsync(Func<Task<IActionResult?>> attempt)
    {
        for (var i = 0; i < Attempts; i++)
            if (await attempt() is { } answer) return answer;
        return ProblemAnswer.Conflict(
            new ApiError(ApiErrorCode.Changed, "", "Others keep changing the same thing at the moment; try again."));
    }
}
