using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Runs;
using Usage.Core.Snapshots;
using Usage.Core.Snapshots.Merging;
using Usage.Storage;
using Usage.Storage.Accounts;
using Usage.Storage.Imports;
using Usage.Storage.Imports.Reading;
using Usage.Storage.Imports.Writing;
using Usage.Storage.Runs;
using Usage.Storage.Snapshots;

namespace Usage.Functions.Imports.Writing;

/// <summary>
/// Writes a partition's groups while the next ones are merged. Before the first snapshot of a date the date is claimed and its receipt
/// opened. When the run is to be cancelled it writes no more and only counts what is left, so that the rows still add up; what an earlier
/// attempt had written of that, before it was cut short, is looked up.
/// </summary>
public sealed class GroupWriter(
    RunStore runs, PartitionFiles partitions, UsageTables tables, SnapshotWriter snapshots, SnapshotDateIndex dates, ReceiptStore receipts,
    TimeProvider clock)
{
    /// <summary>Groups of one partition that are written at the same time: enough to use all the requests that the writer allows.</summary>
    private const int AtOnce = 8;

    private static readonly TimeSpan CancelCheck = TimeSpan.FromSeconds(1);

    /// <param name="Stop">Nothing more is to be written.</param>
    public sealed record Job(StoredRun Stored, ImportMapping Mapping, PlannedFile Planned, RosterSnapshot Roster, int Partition, bool Stop);

    public async Task<PartitionResult> WriteAsync(
        Job job, PartitionMerge merge, IEnumerable<Stream> slices, CancellationToken cancellationToken)
    {
        var id = job.Stored.Run.Id;
        var targets = job.Mapping.Products
            .Select(product => GroupTarget.Of(product, ordinal => job.Roster.Find(ordinal)?.Account.Id)).ToArray();
        var written = new WrittenGroups(job.Mapping, ordinal => job.Roster.Find(ordinal)?.Account.Id);
        var claimed = new HashSet<(int Product, DateOnly Date)>();
        var underWay = new List<Task>(AtOnce);
        var (cancelled, checkedAt) = (job.Stop || job.Stored.CancelRequested, clock.GetTimestamp());
        var begunBefore = cancelled
            ? await partitions.HasBegunAsync(id, job.Partition, cancellationToken)
            : !await partitions.BeginAsync(id, job.Partition, cancellationToken);
        await foreach (var group in merge.ReadAsync(slices, cancellationToken))
        {
            if (!cancelled && clock.GetElapsedTime(checkedAt) >= CancelCheck)
            {
                cancelled = await runs.IsCancelRequestedAsync(id, cancellationToken);
                checkedAt = clock.GetTimestamp();
            }

            if (cancelled)
            {
                if (begunBefore && await WrittenBeforeAsync(job, targets[group.Product], group, cancellationToken) is { } part)
                    written.Add(part);
                continue;
            }

            if (claimed.Add((group.Product, group.Date)))
                await ClaimAsync(job, targets[group.Product].Product, group.Date, cancellationToken);
            if (underWay.Count == AtOnce) await TakeOneAsync(underWay);
            underWay.Add(snapshots.WriteAsync(targets[group.Product], group, id, cancellationToken));
            written.Add(group);
        }

        await Task.WhenAll(underWay);
        return new PartitionResult
        {
            Tally = merge.Tally,
            Cancelled = cancelled,
            Written = written.ToTally(),
            Warnings = written.Warnings.ToIssues(),
            Points = written.ToPoints(),
        };
    }

    /// <returns>What of a group is stored by this run; null: nothing.</returns>
    private async Task<SnapshotGroup?> WrittenBeforeAsync(
        Job job, GroupTarget target, SnapshotGroup group, CancellationToken cancellationToken)
    {
        var stored = await StoredBlock.LoadAsync(tables, group.Block, target.Product, group.Date, cancellationToken);
        var own = group.Snapshots
            .Where(snapshot => target.Account(snapshot.Account) is { } account && stored.IsOf(account, job.Stored.Run.Id)).ToList();
        if (own.Count == 0) return null;
        var accounts = own.Select(snapshot => snapshot.Account).ToHashSet();
        return group with { Snapshots = own, Incomplete = [.. group.Incomplete.Where(total => accounts.Contains(total.Account))] };
    }

    private static async Task TakeOneAsync(List<Task> underWay)
    {
        var done = await Task.WhenAny(underWay);
        underWay.Remove(done);
        await done;
    }

    private async Task ClaimAsync(Job job, ProductId product, DateOnly date, CancellationToken cancellationToken)
    {
        var content = new FileContent(job.Planned.Plan.Sha256, job.Mapping.Integration.Version);
        await receipts.WriteAsync(
            job.Mapping.Integration.Id, job.Stored.Run.Id, content, RunStatus.Running, [(product, date)], cancellationToken);
        await dates.ClaimAsync(product, date, job.Stored.Run.Id, cancellationToken);
    }
}
