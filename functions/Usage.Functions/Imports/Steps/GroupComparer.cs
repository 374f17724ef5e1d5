using Azure.Data.Tables;
using Usage.Core.Runs;
using Usage.Core.Snapshots;
using Usage.Core.Values;
using Usage.Storage;
using Usage.Storage.Accounts;
using Usage.Storage.Snapshots;

namespace Usage.Functions.Imports.Steps;

/// <summary>A test run's last step before the end: what would be written beside what is stored.</summary>
public sealed class GroupComparer(UsageTables tables)
{
    private const int AtOnce = 4;

    public async Task<PartitionResult> CompareAsync(
        ImportMapping mapping, RosterSnapshot roster, PartitionMerge merge, IEnumerable<Stream> slices, CancellationToken cancel)
    {
        var (changes, preview) = (new Changes(0, 0, 0), new List<RowPreview.Part>());
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
        var stored = await tables.LoadBlockAsync(group.Block, product.Id, group.Date, cancel);
        var changes = new Changes(0, 0, 0);
        foreach (var snapshot in group.Snapshots)
        {
            changes += Find(snapshot.Account) is not { } entity ? new Changes(1, 0, 0)
                : IsSame(product, snapshot, entity) ? new Changes(0, 0, 1)
                : new Changes(0, 1, 0);
        }

        return (changes, [.. RowPreview.Parts(mapping, group, (account, dimension) => Find(account) is { } entity ? Value(entity, product, dimension) : null)]);

        TableEntity? Find(int ordinal) => roster.Find(ordinal) is { } account ? stored.GetValueOrDefault(account.Account.Id.Value) : null;
    }

    private static bool IsSame(MappedProduct product, MergedSnapshot snapshot, TableEntity entity)
    {
        var values = snapshot.Values.Span;
        for (var i = 0; i < values.Length; i++)
            if (values[i] is { } value && Value(entity, product, i) != value) return false;
        return true;
    }

    private static UsageValue? Value(TableEntity entity, MappedProduct product, int dimension) =>
        entity.TryGetValue(SnapshotKeys.Property(product.Dimensions[dimension].Id), out var stored) ? StoredValues.ToValue(stored) : null;
}
