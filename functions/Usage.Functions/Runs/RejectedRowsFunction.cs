using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Core.Ids;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Storage.Imports;
using Usage.Storage.Runs;

namespace Usage.Functions.Runs;

public sealed class RejectedRowsFunction(RunStore runs, RejectedFile rejected)
{
    private static readonly Operation GetRejectedRows = new Operation(nameof(GetRejectedRows), "The rows to mend.", Audience.Editor)
        .AlsoDroppers().AnswersCsv();

    [Function(nameof(GetRejectedRows))]
    public async Task<IActionResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/runs/{run}/rejected.csv")] HttpRequest http, string run,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, GetRejectedRows);
        var id = request.Id<RunId>(run, "run");
        if (request.Problem is { } problem) return problem;
        if (await runs.FindAsync(id, cancellationToken) is not { } found) return ProblemAnswer.NotFound("run", run);
        if (!found.Run.HasEnded()) return ProblemAnswer.NotFound($"Run {id} has not ended: its rejected rows are there when it has.");
        if (await rejected.FindAsync(id, cancellationToken) is not { } content)
            return ProblemAnswer.NotFound($"Run {id} has no rejected rows.");
        request.Trail?.ShowsRawRows();
        return new FileStreamResult(content, "text/csv; charset=utf-8") { FileDownloadName = $"{id}-rejected.csv" };
    }
}
