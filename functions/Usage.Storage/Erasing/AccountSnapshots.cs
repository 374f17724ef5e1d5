using Azure;
using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Storage.Changes;
using Usage.Storage.Products;
using Usage.Storage.Snapshots;

namespace Usage.Storage.Erasing;

/// <summary>The snapshots of one account, those without values too.</summary>
public sealed class AccountSnapshots(UsageTables tables, ProductDates dates, DateWriters writers)
{
    private const int AtOnce = 8;

    /// <returns>Dates of a product on which the account may have one: those that somebody wrote, with or without snapshots now.</returns>
    public async Task<IReadOnlyList<DateOnly>> DatesAsync(ProductId product, CancellationToken cancellationToken)
    {
        var written = await writers.ListAsync(product, DateOnly.MinValue, DateOnly.MaxValue, cancellationToken);
        return [.. (await dates.ListAsync(product, null, null, cancellationToken)).Union(written.Select(writer => writer.Date)).Order()];
    }

    public async Task DeleteAsync(
        ProductId product, NumberedAccount account, IEnumerable<DateOnly> dates, CancellationToken cancellationToken) =>
        await Parallel.ForEachAsync(dates, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (date, cancellationToken) => await tables.Snapshots.DeleteEntityAsync(
                SnapshotKeys.PartitionOf(account.Ordinal, product, date), account.Account.Id.Value, ETag.All, cancellationToken));
}
