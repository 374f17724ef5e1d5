using Usage.Core.Ids;
using Usage.Core.Integrations;
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
        ImportMapping mapping, RosterSnapshot roster, PartitionMerge merge, IEnumerable<Stream> slices, CancellationToken cancel)
    {
        var (changes, preview) = (Changes.None, new List<RowPreview.Part>());
        var underWay = new Queue<Task<(Changes Changes, IReadOnlyList<RowPreview.Part> Preview)>>(AtOnce);
        await foreach (var group in merge.ReadAsync(slices, cancel))
        {
            if (underWay.Count == AtOnce) await TakeAsync();
            underWay.Enqueue(CompareAsync(mapping, roster, group, cancel));
        }

        while (underWay.Count > 0) await TakeAsync();
        return new PartitionResult { Tally = merge.Tally, Changes = changes, Preview = preview };

        async Task TakeAsync()
        {
            var compared = await underWay.Dequeue();
            changes += compared.Changes;
            preview.AddRange(compared.Preview);
        }
    }

    private async Task<(Changes Changes, IReadOnlyList<RowPreview.Part> Preview)> CompareAsync(
        ImportMapping mapping, RosterSnapshot roster, SnapshotGroup group, CancellationToken cancel)
    {
        var product = mapping.Products[group.Product];
        var stored = await StoredBlock.LoadAsync(tables, group.Block, product.Id, group.Date, cancel);
        var changes = Changes.None;
        foreach (var snapshot in group.Snapshots)
        {
            changes += Account(snapshot.Account) is not { } account || !stored.Has(account) ? new Changes(1, 0, 0)
                : IsSame(product, snapshot, account, stored) ? new Changes(0, 0, 1)
                : new Changes(0, 1, 0);
        }

        return (changes, [.. RowPreview.Parts(mapping, group, Stored)]);

        AccountId? Account(int ordinal) => roster.Find(ordinal)?.Account.Id;

        UsageValue? Stored(int ordinal, int dimension) =>
            Account(ordinal) is { } account ? stored.Find(account, product.Dimensions[dimension].Id) : null;
    }

    private static bool IsSame(MappedProduct product, MergedSnapshot snapshot, AccountId account, StoredBlock stored)
    {
        var values = snapshot.Values.Span;
        for (var i = 0; i < values.Length; i++)
            if (values[i] is { } value && stored.Find(account, product.Dimensions[i].Id) != value) return false;
        return true;
    }
}
