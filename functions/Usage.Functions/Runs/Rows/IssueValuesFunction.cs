using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Functions.Http;

namespace Usage.Functions.Runs.Rows;

/// <summary>What was found where rows of a run have an issue.</summary>
public sealed class IssueValuesFunction(KeptRuns runs, IssueValues values)
{
    private static readonly Operation ListIssueValues = new Operation(
        nameof(ListIssueValues),
        "The different texts that were found where rows of a run have an issue of this code, each with its count: the first 1,000 in the "
            + "order of the rows.",
        Audience.Editor)
        .With("column").Answers<IssueValues.Values>("IssueValues");

    [Function(nameof(ListIssueValues))]
    public async Task<IActionResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/runs/{run}/issues/{code}/values")] HttpRequest http, string run,
        string code, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, ListIssueValues);
        var id = request.Id<RunId>(run, "run");
        if (!IssueCode.OfRows.Contains(code)) request.Miss("code of rows", code);
        var column = request.Text("column")?.Trim();
        if (request.Problem is { } problem) return problem;
        var (kept, missing) = await runs.FindAsync(id, cancellationToken);
        if (missing is not null) return missing;
        if (kept is null) return Answer.Ok(new IssueValues.Values([], 0));
        var found = await values.CountAsync(kept, code, column, cancellationToken);
        request.Trail?.ShowsRawRows();
        return Answer.Ok(found);
    }
}
