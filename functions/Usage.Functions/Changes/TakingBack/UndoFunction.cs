using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Usage.Core.Access;
using Usage.Core.Changes;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Functions.Children;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Functions.Runs;
using Usage.Storage.Changes;
using Usage.Storage.Children;
using Usage.Storage.Runs;

namespace Usage.Functions.Changes.TakingBack;

/// <summary>Takes back what a run wrote, or says what that would do.</summary>
public sealed class UndoFunction(RunStore runs, UndoPlans plans, RunLogs logs, UndoPreviews previews, UndoneChildren children,
    UndoChecks checks, FollowUps followUps, LargePreviews largePreviews, PreviewLimits limits)
{
    private static readonly Operation UndoRun =
        new Operation(nameof(UndoRun), "Takes back what a run wrote, or of it one account, product, date or dimension.", Audience.Editor)
        .With("preview").Json<UndoBody>(nameof(UndoBody)).Answers<UndoPreview>("UndoPreview", 200, "What it would do; nothing is done.")
        .Answers<RunReference>("RunReference", 202, "The undo is queued, or a run of kind test that counts a large preview.").Problem(409);

    [Function(nameof(UndoRun))]
    public async Task<IActionResult> Undo(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/runs/{run}/undo")] HttpRequest http, string run,
        [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, UndoRun);
        var preview = request.Flag("preview");
        var body = http.ContentLength == 0 ? new UndoBody() : await request.JsonAsync<UndoBody>(cancellationToken);
        if (!RunId.TryParse(run, out var id) || await runs.FindAsync(id, cancellationToken) is not { } found)
            return request.Problem ?? ProblemAnswer.NotFound("run", run);
        if (request.Problem is { } problem) return problem;
        if (!found.Run.HasEnded())
            return ProblemAnswer.Conflict(new ApiError("not-ended", "run", $"Run {id} hasn't ended: cancel it, or wait until it has."));
        var written = await logs.FindIndexAsync(id, cancellationToken);
        // A test run tells what it would write.
        var nothing = found.Run.Kind == RunKind.Test || (written is null ? found.Run.Values == 0 : written.Pieces.Count == 0);
        if (found.Run.Integration is not { } integration || nothing)
            return ProblemAnswer.Conflict(
                new ApiError("nothing-written", "run", $"Run {id} has written nothing: there is nothing to undo."));
        var scope = new ChangeScope(body!.Account, body.Product, body.Date, body.Dimension);
        var following = await children.FollowAsync(found.Run, scope, cancellationToken);
        if (await plans.MakeAsync(id, scope, following, cancellationToken) is not { } plan)
            return ProblemAnswer.Conflict(new ApiError("nothing-written", "run", $"Run {id} has written nothing of what is named."));
        if (await logs.FindIndexAsync(plan.Root, cancellationToken) is not { } index)
            return ProblemAnswer.Conflict(TakingBackErrors.DetailsGone, "run");
        if (await checks.RefusalAsync(plan, cancellationToken) is { } refusal)
            return ProblemAnswer.Conflict(refusal, "run");
        if (preview && await ValuesAsync(plan, cancellationToken) <= limits.MaxValues)
            return Answer.Ok(await previews.MakeAsync(plan, index, cancellationToken));
        if (preview)
        {
            var counting = await largePreviews.StartAsync(
                client, request.Caller.Name, found.Run, new PreviewPlan { Undo = plan }, cancellationToken);
            return Answer.Accepted(new RunReference(counting, RunStatus.Queued), $"/runs/{counting}");
        }

        var undo = await followUps.StartAsync(
            client, new FollowUps.Wanted(RunKind.Undo, request.Caller.Name, integration, found.Run.Version) { Parent = found },
            (started, cancellationToken) => plans.AddAsync(started, plan, cancellationToken), cancellationToken);
        request.Trail?.Changes(null, new { Run = undo });
        return Answer.Accepted(new RunReference(undo, RunStatus.Queued), $"/runs/{undo}");
    }

    /// <summary>How many values of how many runs are looked at.</summary>
    private async Task<long> ValuesAsync(UndoPlan plan, CancellationToken cancellationToken)
    {
        var values = 0L;
        foreach (var root in plan.Roots()) values += (await runs.GetAsync(root, cancellationToken)).Run.Values;
        return values;
    }
}
