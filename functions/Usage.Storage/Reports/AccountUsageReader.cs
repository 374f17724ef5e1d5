using Azure.Data.Tables;
using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Storage.Products;
using Usage.Storage.Snapshots;

namespace Usage.Storage.Reports;

/// <summary>An account's snapshots: point reads of the dates that its products have, since each date is another partition.</summary>
public sealed class AccountUsageReader(UsageTables tables, ProductDates dates)
{
    private const int AtOnce = 16;

    /// <summary>For each product its snapshots, the newest first; both bounds are included, null is none.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<StoredSnapshot>>> ReadAsync(
        NumberedAccount account, IReadOnlyList<ProductId> products, DateOnly? from, DateOnly? to, CancellationToken cancellationToken)
    {
        var known = await Task.WhenAll(products.Select(product => dates.ListAsync(product, from, to, cancellationToken)));
        var places = known.SelectMany((days, product) => days.Reverse().Select(day => (Product: product, Day: day))).ToArray();
        var found = new StoredSnapshot?[places.Length];
        await Parallel.ForAsync(0, places.Length,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (i, cancellationToken) =>
        {
            var partition = SnapshotKeys.PartitionOf(account.Ordinal, products[places[i].Product], places[i].Day);
            var entity = await tables.Snapshots.GetEntityIfExistsAsync<TableEntity>(
                partition, account.Account.Id.Value, cancellationToken: cancellationToken);
            if (entity.HasValue) found[i] = StoredSnapshot.Read(entity.Value!);
        });
        var read = products.Select(_ => new List<StoredSnapshot>()).ToArray();
        for (var i = 0; i < places.Length; i++)
            if (found[i] is { } snapshot) read[places[i].Product].Add(snapshot);
        return read;
    }
}
