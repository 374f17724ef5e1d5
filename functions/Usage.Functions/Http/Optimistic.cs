using Microsoft.AspNetCore.Mvc;

namespace Usage.Functions.Http;

/// <summary>Read, decide, write if nobody was faster; else from the beginning.</summary>
public static class Optimistic
{
    private const int Attempts = 12;

    /// <param name="attempt">Returns null when its conditional write was lost to someone else's.</param>
    public static async Task<IActionResult> RunAsync(Func<Task<IActionResult?>> attempt)
    {
        for (var i = 0; i < Attempts; i++)
            if (await attempt() is { } answer) return answer;
        return ProblemAnswer.Conflict(new ApiError(ApiErrorCode.Changed, "", "Others keep changing the same thing at the moment; try again."));
    }
}
