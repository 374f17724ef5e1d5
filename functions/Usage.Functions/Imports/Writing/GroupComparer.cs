using Usage.Core.Changes;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Core.Snapshots;
using Usage.Core.Snapshots.Merging;
using Usage.Core.Values;
using Usage.Functions.Settings;
using Usage.Storage;
using Usage.Storage.Accounts;
using Usage.Storage.Changes;
using Usage.Storage.Imports.Writing;
using Usage.Storage.Snapshots;

namespace Usage.Functions.Imports.Writing;

/// <summary>
/// Compares what would be written with what is stored, for a test run, and tells it in the run's log as an import would. Another attempt
/// takes what is told already, whatever is stored by then.
/// </summary>
public sealed class GroupComparer(UsageTables tables, RunLogs logs, UsageOptions options)
{
    private const int AtOnce = 4;

    public sealed record Job(RunId Run, ImportMapping Mapping, RosterSnapshot Roster, int Partition);

    public async Task<PartitionResult> CompareAsync(
        Job job, PartitionMerge merge, IEnumerable<Stream> slices, CancellationToken cancellationToken)
    {
        var log = await logs.OpenAsync(job.Run, job.Partition, LogHeader.Of(job.Mapping), cancellationToken);
        var (changes, warnings, preview) = (ChangeCounts.None, new IssueLog(), new List<RowPreview.Part>());
        var place = 0;
        await foreach (var piece in Pieces.CutAsync(
            merge.ReadAsync(slices, cancellationToken), options.GroupsPerPiece, cancellationToken))
        {
            var writes = await TellAsync(job, log, place++, piece, cancellationToken);
            foreach (var (group, told) in piece.Zip(writes))
            {
                IncompleteTotals.Count(warnings, job.Mapping, group, job.Roster.IdOf);
                changes += GroupComparison.Count(told);
                preview.AddRange(RowPreview.Parts(job.Mapping, group, Stored(told)));
            }
        }

        await log.CloseAsync([], cancellationToken);
        return new PartitionResult
        {
            Tally = merge.Tally,
            Recorded = merge.Recorded,
            Changes = changes,
            Warnings = warnings.ToIssues(),
            Preview = preview,
            Pieces = log.Pieces,
        };
    }

    private async Task<IReadOnlyList<GroupWrites>> TellAsync(
        Job job, WriteLog log, int place, IReadOnlyList<SnapshotGroup> piece, CancellationToken cancellationToken)
    {
        if (place == log.Pieces.Count)
        {
            var writes = new GroupWrites[piece.Count];
            await Parallel.ForAsync(0, piece.Count,
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                async (group, cancellationToken) => writes[group] = await CompareAsync(job, piece[group], cancellationToken));
            if (await log.TryAppendAsync(writes, cancellationToken)) return writes;
        }

        return await log.ReadAsync(place, cancellationToken);
    }

    private async Task<GroupWrites> CompareAsync(Job job, SnapshotGroup group, CancellationToken cancellationToken)
    {
        var product = job.Mapping.Products[group.Product];
        var stored = await StoredBlock.LoadAsync(tables, group.Block, product.Id, group.Date, cancellationToken);
        return GroupComparison.Compare(
            group, _ => true,
            (ordinal, dimension) => job.Roster.IdOf(ordinal) is { } account
                ? stored.Find(account, product.Dimensions[dimension].Id) : null,
            (_, _) => false);
    }

    /// <summary>The stored values of a group as it was compared, by ordinal and dimension.</summary>
    private static Func<int, int, UsageValue?> Stored(GroupWrites told)
    {
        var accounts = told.Accounts.ToDictionary(account => account.Account);
        return (ordinal, dimension) => accounts[ordinal].Cells.First(cell => cell.Dimension == dimension).Old;
    }
}
