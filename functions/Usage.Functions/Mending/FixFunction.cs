using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Usage.Core.Access;
using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Functions.Access;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Functions.Runs;
using Usage.Storage.Children;
using Usage.Storage.Imports;

namespace Usage.Functions.Mending;

/// <summary>Mends rejected rows of a run, or says what that would do.</summary>
public sealed class FixFunction(
    Parents parents, RunFiles files, ChildPreviews previews, Fixes fixes, LargePreviews largePreviews, PinnedMappings mappings,
    WorkLimits limits)
{
    private static readonly Operation FixRun =
        new Operation(nameof(FixRun), "Mends rejected rows of a run, and records them as if its file had had them so.", Audience.Editor)
        .With("preview").Json<FixBody>(nameof(FixBody))
        .Answers<FixPreview>(nameof(FixPreview), 200, "What it would do; nothing is done.")
        .Answers<RunReference>("RunReference", 202, "The fix is queued, or a run of kind test that counts a large preview.").Problem(409);

    [Function(nameof(FixRun))]
    public async Task<IActionResult> Fix(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/runs/{run}/fixes")] HttpRequest http, string run,
        [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, FixRun);
        var preview = request.Flag("preview");
        var body = await request.JsonAsync<FixBody>(cancellationToken);
        var found = RunId.TryParse(run, out var id) ? await parents.FindRootAsync(id, cancellationToken) : null;
        if (found is null) return request.Problem ?? ProblemAnswer.NotFound("run", run);
        if (request.Problem is { } problem) return problem;
        if (await parents.RefusalAsync(found, id, cancellationToken) is { } refused) return ProblemAnswer.Conflict(refused);
        if (await mappings.MisfitAsync(found.Run, cancellationToken) is { } misfit)
            return ProblemAnswer.Conflict(misfit, "run");
        var root = found.Run.Id;
        var (header, rows) = await ShapeAsync(found.Run, cancellationToken);
        if (request.Judge(body!.Validate(header, rows)) is { } wrong) return wrong;
        var plan = new ChildPlan(root) { Mends = body.ToMends() };
        if (preview) return await PreviewAsync(client, request.Caller.Name, found.Run, plan, cancellationToken);
        using var place = await limits.QueueAsync(found.Run.Integration!.Value, cancellationToken);
        if (place.Refusal is { } full) return full;
        var fix = await fixes.StartAsync(client, plan, request.Caller.Name, cancellationToken);
        request.Trail?.Changes(null, new { Run = fix });
        return Answer.Accepted(new RunReference(fix, RunStatus.Queued), $"/runs/{fix}");
    }

    private async Task<(IReadOnlyList<string> Header, long Rows)> ShapeAsync(Run root, CancellationToken cancellationToken)
    {
        if (root.IsUndecided())
        {
            var undecided = (await files.FindUndecidedAsync(root.Id, cancellationToken))!;
            return (undecided.Header, undecided.Rows);
        }

        var plan = (await files.PlanAsync(root.Id, cancellationToken)).Plan;
        return (plan.Header, plan.Rows);
    }

    private async Task<IActionResult> PreviewAsync(
        DurableTaskClient client, string by, Run parent, ChildPlan plan, CancellationToken cancellationToken)
    {
        var preview = (await previews.TryAsync(plan, made: null, cancellationToken))!;
        if (!preview.IsLarge) return Answer.Ok(FixPreview.Of(preview));
        var counting = await largePreviews.StartAsync(client, by, parent, new PreviewPlan { Children = [plan] }, cancellationToken);
        return Answer.Accepted(new RunReference(counting, RunStatus.Queued), $"/runs/{counting}");
    }
}

/// <param name="Rows">That it records.</param>
/// <param name="Dates">On how many dates a value becomes another.</param>
/// <param name="Values">That become others.</param>
/// <param name="Error">Why the fix would record nothing; null: nothing refuses it.</param>
public sealed record FixPreview(long Rows, int Dates, long Values, RunError? Error)
{
    internal static FixPreview Of(ChildPreview preview) => new(preview.Rows, preview.Dates.Count, preview.Values, preview.Error);
}
