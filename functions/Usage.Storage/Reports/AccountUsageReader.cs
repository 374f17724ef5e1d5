using Azure.Data.Tables;
using Usage.Core.Accounts;
using Usage.Core.Products;
using Usage.Storage.Products;
using Usage.Storage.Snapshots;

namespace Usage.Storage.Reports;

/// <summary>An account's snapshots: point reads of the dates that its product has, since each date is another partition.</summary>
public sealed class AccountUsageReader(UsageTables tables, ProductDates dates)
{
    private const int AtOnce = 16;

    /// <summary>The newest first; both bounds are included, null is none.</summary>
    public async Task<IReadOnlyList<StoredSnapshot>> ReadAsync(NumberedAccount account, ProductId product, DateOnly? from, DateOnly? to, CancellationToken cancel)
    {
        var known = await dates.ListAsync(product, from, to, cancel);
        var found = new StoredSnapshot?[known.Count];
        await Parallel.ForAsync(0, known.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (i, stop) =>
        {
            var partition = SnapshotKeys.PartitionOf(account.Ordinal, product, known[^(i + 1)]);
            var entity = await tables.Snapshots.GetEntityIfExistsAsync<TableEntity>(partition, account.Account.Id.Value, cancellationToken: stop);
            if (entity.HasValue) found[i] = StoredSnapshot.Read(entity.Value!);
        });
        return [.. found.OfType<StoredSnapshot>()];
    }
}
