using Microsoft.Azure.Functions.Worker;
using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Functions.Changes.TakingBack;
using Usage.Functions.Imports.Ending;
using Usage.Storage.Changes;
using Usage.Storage.Children;
using Usage.Storage.Runs;

namespace Usage.Functions.Mending;

/// <summary>Counts what replays, a fix or an undo would do, however much that is. Nothing but the counts is kept.</summary>
public sealed class CountPreview(
    RunStore runs, PreviewPlans plans, ChildPreviews children, UndoPreviews undos, RunLogs logs, RunEnd end, TimeProvider clock)
{
    public sealed record Input(RunId Run);

    [Function(nameof(CountPreview))]
    public async Task RunAsync([ActivityTrigger] Input input, CancellationToken cancellationToken)
    {
        var run = (await runs.GetAsync(input.Run, cancellationToken)).Run;
        if (run.HasEnded()) return;
        await runs.SaveAsync(run with { Status = RunStatus.Running, StartedAt = clock.GetUtcNow() }, cancellationToken);
        var plan = await plans.GetAsync(input.Run, cancellationToken);
        var (rows, changes, error) = (new RowCounts(), ChangeCounts.None, (RunError?)null);
        foreach (var child in plan.Children)
        {
            if (await children.MakeAsync(child, plan.Made, cancellationToken) is not { } preview) continue;
            (rows, changes) = (rows + preview.Counts, changes + preview.Changes);
            // Of replays, others than the one that is refused may record something.
            if (child.Resolutions.Count == 0) error = preview.Error;
        }

        if (plan.Undo is { } undo && await logs.FindIndexAsync(undo.Root, cancellationToken) is { } index)
        {
            var preview = await undos.MakeAsync(undo, index, cancellationToken);
            // What goes back to an earlier value, and what is taken away.
            changes += new ChangeCounts(0, preview.Reversed, 0, preview.Removed);
        }

        await end.FinishAsync(
            input.Run,
            ended => ended with
            {
                Status = error is null ? RunStatus.Succeeded : RunStatus.Failed,
                Error = error,
                Rows = rows,
                Changes = changes,
                Values = changes.New + changes.Changed + changes.Unchanged + changes.Removed,
            },
            cancellationToken);
    }
}
