using Microsoft.Azure.Functions.Worker;
using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Core.Snapshots;
using Usage.Functions.Children;
using Usage.Functions.Imports.Ending;
using Usage.Storage.Accounts;
using Usage.Storage.Changes;
using Usage.Storage.Imports;
using Usage.Storage.Imports.Writing;
using Usage.Storage.Runs;
using Usage.Storage.Snapshots;
using Usage.Storage.Unmatched;

namespace Usage.Functions.Changes.TakingBack;

/// <summary>Brings points, dates and receipts up to date, names the undo in the record of what was undone, and ends it.</summary>
public sealed class FinishTakingBack(
    RunStore runs, UndoPlans plans, RunLogs logs, PartitionFiles partitions, ReportPoints points, Roster roster,
    ReceiptStore receipts, WaitingRuns waiting, WaitingLists waitingLists, UndoChecks checks, AnewFixes anew, RunEnd end)
{
    public sealed record Input(RunId Run, int Partitions);

    /// <param name="Next">The run that may have the turn now.</param>
    /// <param name="LooksAgain">The run whose rows wait again, now that it stands again; null: none.</param>
    public sealed record Output(RunId? Next, RunId? LooksAgain = null);

    [Function(nameof(FinishTakingBack))]
    public async Task<Output> RunAsync([ActivityTrigger] Input input, CancellationToken cancellationToken)
    {
        var stored = await runs.GetAsync(input.Run, cancellationToken);
        if (stored.Run.HasEnded()) return new Output(await end.CleanUpAsync(stored, cancellationToken));
        if (stored.Run.Status == RunStatus.Queued)
        {
            return new Output(stored.CancelRequested
                ? await end.CancelAsync(input.Run, cancellationToken)
                : await end.FailAsync(input.Run, await RefusalAsync(stored.Run, cancellationToken), cancellationToken));
        }

        var plan = await plans.GetAsync(input.Run, cancellationToken);
        var index = await logs.GetIndexAsync(plan.Root, cancellationToken);
        var (changes, written, pieces) = (ChangeCounts.None, new MergeTally(), new List<LogPiece>());
        foreach (var partition in partitions.List(input.Run, WriteMode.Write, input.Partitions, cancellationToken))
        {
            changes += partition.Changes;
            written += partition.Written!;
            pieces.AddRange(partition.Pieces);
        }

        await logs.SaveIndexAsync(input.Run, new LogIndex(index.Header, index.Partitions, pieces), cancellationToken);
        var accounts = await roster.GetAsync(cancellationToken);
        foreach (var product in written.Dates.GroupBy(date => date.Product))
            await points.RecountAsync(
                product.Key, [.. product.Select(date => date.Date)],
                index.Header.Products.First(one => one.Id == product.Key).Dimensions, accounts.IdOf, cancellationToken);
        foreach (var undone in plan.Roots())
            await receipts.RemoveAsync(
                stored.Run.Integration!.Value, undone, written.Dates.Select(date => (date.Product, date.Date)), cancellationToken);
        foreach (var target in plan.Targets()) await NameAsync(target, input.Run, cancellationToken);
        var root = (await runs.GetAsync(plan.Root, cancellationToken)).Run;
        if (root.IsChild()) await waitingLists.RewriteAsync(root.FileOf(), input.Run, cancellationToken);
        var waits = await waiting.UpdateAsync(root, cancellationToken);
        await anew.UpdateWaitingAsync(root, cancellationToken);
        var next = await end.FinishAsync(input.Run, run => Ended(run, changes, written), cancellationToken);
        return new Output(next, waits && plan.StandsAgain() ? plan.Root : null);
    }

    /// <summary>Why it never began.</summary>
    private async Task<RunError> RefusalAsync(Run run, CancellationToken cancellationToken) =>
        await plans.FindAsync(run.Id, cancellationToken) is { } plan
            && await checks.RefusalAsync(plan, cancellationToken) is { } refusal ? refusal : TakingBackErrors.DetailsGone;

    private async Task NameAsync(RunId target, RunId undo, CancellationToken cancellationToken)
    {
        var run = (await runs.GetAsync(target, cancellationToken)).Run;
        if (!run.UndoneBy.Contains(undo)) await runs.SaveAsync(run with { UndoneBy = [.. run.UndoneBy, undo] }, cancellationToken);
    }

    private static Run Ended(Run run, ChangeCounts changes, MergeTally written) => run with
    {
        Status = RunStatus.Succeeded,
        Changes = changes,
        Values = written.Values,
        Snapshots = written.Snapshots,
        Dates = [.. written.Dates.Select(date => new RunDate(
            date.Product, date.Date, date.Snapshots, "the date of what was undone"))],
    };
}
