using Usage.Core.Ids;
using Usage.Core.Snapshots;
using Usage.Core.Snapshots.Reading;
using Usage.Storage.Accounts;
using Usage.Storage.Children;
using Usage.Storage.Imports;
using Usage.Storage.Imports.Reading;
using Usage.Storage.Runs;
using Usage.Storage.Unmatched;

namespace Usage.Functions.Children;

/// <summary>
/// Makes the list of a run's identifiers that wait anew, as its file is read with what its replays and fixes that stand have mended: one of
/// them was undone, or stands again.
/// </summary>
public sealed class WaitingLists(
    RunStore runs, RunFiles files, RunTexts texts, BatchFiles batches, ChildChains chains, ChildReadings readings,
    RunIdentifiers identifiers, WaitingRuns waitingRuns, Roster roster)
{
    /// <param name="root">Of which rows wait.</param>
    /// <param name="undo">Beside which the batches' identifiers are kept until it ends.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task RewriteAsync(RunId root, RunId undo, CancellationToken cancellationToken)
    {
        var stored = await runs.GetAsync(root, cancellationToken);
        if (await files.FindMappingAsync(root, cancellationToken) is not { } mapping) return;
        var (planned, accounts) = (await files.PlanAsync(root, cancellationToken), await roster.GetAsync(cancellationToken));
        var chain = await chains.FindAsync(stored.Run, cancellationToken);
        var (pieces, stamp) = (new List<BatchPiece>(), (uint)Random.Shared.NextInt64(1L << 32));
        foreach (var range in planned.Plan.Batches)
        {
            var child = await readings.PrepareAsync(undo, new ChildPlan(root), chain, mapping, range, accounts, [], cancellationToken);
            var text = new byte[range.Length];
            var erased = await texts.ReadAsync(stored, planned.Plan, range, text, cancellationToken);
            await using var waiting = batches.CreateWaiting(undo, range.Index, stamp);
            var result = new BatchReader(
                mapping, planned.Plan, accounts.Matcher, new BatchOptions { Partitions = 1, Child = child, Erased = erased }).Read(
                range, text, Stream.Null, Stream.Null, waiting, cancellationToken: cancellationToken);
            if (waiting.IsEmpty) continue;
            await waiting.CompleteAsync(cancellationToken);
            pieces.AddRange(result.Waiting.Select(piece => new BatchPiece(range.Index, piece)));
        }

        var stamps = Enumerable.Repeat(stamp, planned.Plan.Batches.Count).ToList();
        await identifiers.WriteAsync(stored.Run, undo, pieces, stamps, cancellationToken);
        await waitingRuns.UpdateAsync(stored.Run, cancellationToken);
    }
}
