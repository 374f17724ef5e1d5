using Usage.Core.Changes;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Core.Snapshots;
using Usage.Core.Snapshots.Merging;
using Usage.Core.Values;
using Usage.Storage;
using Usage.Storage.Accounts;
using Usage.Storage.Imports.Writing;
using Usage.Storage.Snapshots;

namespace Usage.Functions.Imports.Writing;

/// <summary>Compares what would be written with what is stored, for a test run.</summary>
public sealed class GroupComparer(UsageTables tables)
{
    private const int AtOnce = 4;

    public async Task<PartitionResult> CompareAsync(
        ImportMapping mapping, RosterSnapshot roster, PartitionMerge merge, IEnumerable<Stream> slices, CancellationToken cancellationToken)
    {
        var (changes, warnings, preview) = (ChangeCounts.None, new IssueLog(), new List<RowPreview.Part>());
        var underWay = new Queue<Task<(ChangeCounts Changes, IReadOnlyList<RowPreview.Part> Preview)>>(AtOnce);
        await foreach (var group in merge.ReadAsync(slices, cancellationToken))
        {
            if (underWay.Count == AtOnce) await TakeAsync();
            IncompleteTotals.Count(warnings, mapping, group, roster.IdOf);
            underWay.Enqueue(CompareAsync(mapping, roster, group, cancellationToken));
        }

        while (underWay.Count > 0) await TakeAsync();
        return new PartitionResult { Tally = merge.Tally, Changes = changes, Warnings = warnings.ToIssues(), Preview = preview };

        async Task TakeAsync()
        {
            var compared = await underWay.Dequeue();
            changes += compared.Changes;
            preview.AddRange(compared.Preview);
        }
    }

    private async Task<(ChangeCounts Changes, IReadOnlyList<RowPreview.Part> Preview)> CompareAsync(
        ImportMapping mapping, RosterSnapshot roster, SnapshotGroup group, CancellationToken cancellationToken)
    {
        var product = mapping.Products[group.Product];
        var stored = await StoredBlock.LoadAsync(tables, group.Block, product.Id, group.Date, cancellationToken);
        var writes = GroupComparison.Compare(group, _ => true, Stored, (_, _) => false);
        return (GroupComparison.Count(writes), [.. RowPreview.Parts(mapping, group, Stored)]);

        UsageValue? Stored(int ordinal, int dimension) =>
            roster.IdOf(ordinal) is { } account ? stored.Find(account, product.Dimensions[dimension].Id) : null;
    }
}
