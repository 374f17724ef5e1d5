using System.Runtime.CompilerServices;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Changes;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Functions.Imports.Writing;
using Usage.Functions.Runs;
using Usage.Storage;
using Usage.Storage.Accounts;
using Usage.Storage.Changes;
using Usage.Storage.Imports;
using Usage.Storage.Imports.Writing;
using Usage.Storage.Runs;
using Usage.Storage.Snapshots;

namespace Usage.Functions.Changes.TakingBack;

/// <summary>
/// Takes back what a run wrote of one partition, piece by piece as it was written; each piece is told ahead, as in an import.
/// </summary>
public sealed class TakeBackPartition(
    RunStore runs, UndoPlans plans, RunLogs logs, SnapshotDateIndex dates, DateWriters writers, BlockHistories histories,
    UsageTables tables, Roster roster,
    PieceWriter pieceWriter, PartitionFiles partitions, ProgressReporter progress, LateAttempts late)
{
    private const int AtOnce = 8;

    public sealed record Input(RunId Run, int Partition);

    [Function(nameof(TakeBackPartition))]
    public async Task RunAsync([ActivityTrigger] Input input, CancellationToken cancellationToken)
    {
        if ((await runs.GetAsync(input.Run, cancellationToken)).Run.HasEnded()) return;
        var plan = await plans.GetAsync(input.Run, cancellationToken);
        var index = await logs.GetIndexAsync(plan.Root, cancellationToken);
        var accounts = await roster.GetAsync(cancellationToken);
        var comparison = new UndoComparison(plan, input.Run, index, accounts, tables, dates, writers, histories);
        var targets = GroupTarget.Of(index.Header, accounts.IdOf);
        var log = await logs.OpenAsync(input.Run, input.Partition, index.Header, cancellationToken);
        var taken = new TakenBack(index);
        var place = 0;
        await foreach (var (root, groups) in PiecesAsync(plan, index.Header, input.Partition, cancellationToken))
        {
            if (place == log.Pieces.Count && !log.IsClosed)
            {
                var compared = await CompareAsync(comparison, root, groups, cancellationToken);
                if (await log.TryAppendAsync([.. compared.Select(one => one.Writes)], cancellationToken))
                {
                    await pieceWriter.WriteAsync(targets, input.Run, compared, refusable: false, cancellationToken);
                    taken.Add(compared.Select(one => one.Writes));
                    place++;
                    continue;
                }
            }

            // Closed by another attempt, which had gone through all of it.
            if (place == log.Pieces.Count) break;
            // What another attempt has told is written here too before the next piece says that it is: that attempt may have died.
            var told = await log.ReadAsync(place, cancellationToken);
            if (place == log.Pieces.Count - 1 && !log.IsClosed)
                await pieceWriter.WriteAsync(
                    targets, input.Run, PieceWriter.Told.Unread(told), refusable: false, cancellationToken);
            taken.Add(told);
            place++;
        }

        await log.CloseAsync([], cancellationToken);
        var result = taken.ToResult(log.Pieces);
        await partitions.SaveAsync(input.Run, WriteMode.Write, input.Partition, result, cancellationToken);
        await progress.AddAsync(
            input.Run, RunStage.Writing, index.Partitions, new ProgressReporter.Part(Changes: result.Changes), cancellationToken);
        await late.CleanUpAsync(input.Run, cancellationToken);
    }

    /// <summary>A child has as many partitions as its parent, and numbers products as that does.</summary>
    private async IAsyncEnumerable<(RunId Root, List<GroupWrites> Groups)> PiecesAsync(
        UndoPlan plan, LogHeader header, int partition, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var root in plan.Roots())
        {
            var index = await logs.GetIndexAsync(root, cancellationToken);
            foreach (var piece in index.Pieces.Where(piece => piece.Partition == partition))
            {
                var groups = await logs.ReadAsync(root, [piece], cancellationToken)
                    .Where(group => plan.Within.MayContain(header.Products[group.Product].Id, group.Date)).ToListAsync(cancellationToken);
                if (groups.Count > 0) yield return (root, groups);
            }
        }
    }

    private static async Task<IReadOnlyList<PieceWriter.Told>> CompareAsync(
        UndoComparison comparison, RunId root, List<GroupWrites> groups, CancellationToken cancellationToken)
    {
        var compared = new PieceWriter.Told[groups.Count];
        await Parallel.ForAsync(0, groups.Count,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (place, cancellationToken) =>
            {
                var found = await comparison.CompareAsync(root, groups[place], cancellationToken);
                compared[place] = new PieceWriter.Told(found.Writes, found.Stored);
            });
        return compared;
    }
}
