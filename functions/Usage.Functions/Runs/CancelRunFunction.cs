using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Usage.Core.Access;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Storage.Runs;

namespace Usage.Functions.Runs;

public sealed class CancelRunFunction(RunStore runs)
{
    private static readonly Operation CancelRun = new Operation(nameof(CancelRun), "Asks a run to end.", Audience.Editor)
        .Answers<RunReference>("RunReference", 202, "It ends when it looks.").Problem(409);

    [Function(nameof(CancelRun))]
    public async Task<IActionResult> Cancel(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/runs/{run}/cancel")] HttpRequest http, string run,
        [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, CancelRun);
        if (!RunId.TryParse(run, out var id) || await runs.FindAsync(id, cancellationToken) is not { } found)
            return request.Problem ?? ProblemAnswer.NotFound("run", run);
        if (request.Problem is { } problem) return problem;
        if (found.Run.HasEnded())
            return ProblemAnswer.Conflict(new ApiError("ended", "run", $"Run {id} has ended already: there is nothing to cancel."));
        if (found.Run is { Kind: RunKind.Undo or RunKind.Removal, Status: RunStatus.Running })
            return ProblemAnswer.Conflict(new ApiError(
                "writing", "run", $"Run {id} is at work already, and has to be whole: undo it once it has ended."));
        if (found.Run.Kind == RunKind.Erase)
            return ProblemAnswer.Conflict(new ApiError(
                "erasing", "run", $"Run {id} erases an account, which is closed since it was asked for: it has to go on to its end."));
        await runs.RequestCancelAsync(id, cancellationToken);
        // A run that waits for its turn has to be woken; one that is read or written asks now and then.
        await client.RaiseEventAsync(id.Value, RunScheduler.Wake, true, cancellationToken);
        return Answer.Accepted(new RunReference(id, found.Run.Status), $"/runs/{id}");
    }
}
