using Usage.Core.Issues;
using Usage.Core.Problems;

namespace Usage.Functions.Http.Errors;

/// <summary>What the rules of Core find, as answers.</summary>
public static class Problems
{
    /// <summary>
    /// 400 while something is wrong in itself, else 409; null when there are only warnings. All errors are told in either case.
    /// </summary>
    /// <param name="within">Where in the request the rules looked: it goes before the paths.</param>
    public static ProblemAnswer? Answer(IReadOnlyList<Problem> problems, string within = "")
    {
        var errors = Errors(problems, within);
        if (errors.Count == 0) return null;
        return problems.Any(problem => problem.Kind == ProblemKind.Wrong)
            ? ProblemAnswer.BadRequest(errors) : ProblemAnswer.Conflict(errors);
    }

    /// <summary>Why a file can't be looked at: 422 for one that is none of ours, else 400.</summary>
    public static ProblemAnswer OfFile(RunError error) => error.Code == IssueCode.NotACsv
        ? ProblemAnswer.Of(422, "Unprocessable content", error.Code, error.Message)
        : ProblemAnswer.BadRequest(new ApiError(error.Code, "", error.Message));

    public static IReadOnlyList<ApiError> Errors(IReadOnlyList<Problem> problems, string within = "") =>
    [
        .. problems.Where(problem => problem.Kind != ProblemKind.Warning).Select(Error)
            .Select(error => within.Length == 0 ? error : error with { Path = error.Path.Length == 0 ? within : $"{within}.{error.Path}" }),
    ];

    public static IReadOnlyList<ApiError> Warnings(IReadOnlyList<Problem> problems) =>
        [.. problems.Where(problem => problem.Kind == ProblemKind.Warning).Select(Error)];

    private static ApiError Error(Problem problem) => new(problem.Code, problem.Path, problem.Message);
}
