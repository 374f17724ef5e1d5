using Azure.Data.Tables;
using Usage.Core.Products;
using Usage.Core.Values;
using Usage.Storage.Accounts;
using Usage.Storage.Products;
using Usage.Storage.Snapshots;

namespace Usage.Storage.Reports;

/// <summary>Some dimensions of a product for every account: each account's snapshot of the date that counts, and that of the date before.</summary>
public sealed class ProductColumns(UsageTables tables, ProductDates dates)
{
    /// <summary>Values by account ordinal and then by dimension; null where there is no snapshot.</summary>
    public sealed record Columns(UsageValue?[]?[] Now, UsageValue?[]?[] Before);

    /// <param name="product">The product.</param>
    /// <param name="dimensions">Read in this order.</param>
    /// <param name="accounts">Those that are looked for.</param>
    /// <param name="date">Null: each account's latest.</param>
    /// <param name="withBefore">Whether the date before is needed at all.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Columns> ReadAsync(
        ProductId product, IReadOnlyList<DimensionId> dimensions, RosterSnapshot accounts, DateOnly? date, bool withBefore, CancellationToken cancel)
    {
        var known = await dates.ListAsync(product, null, date, cancel);
        var now = new UsageValue?[]?[accounts.OrdinalCount];
        var before = new UsageValue?[]?[accounts.OrdinalCount];
        var wanted = accounts.Accounts.Count;
        var newerFound = new List<int>();
        for (var i = known.Count - 1; i >= 0; i--)
        {
            var open = date is null ? wanted > 0 : known[i] == date;
            if (!open && !(withBefore && newerFound.Count > 0)) break;
            var day = await ReadDateAsync(product, known[i], dimensions, accounts, cancel);
            if (withBefore)
                foreach (var ordinal in newerFound) before[ordinal] = day[ordinal];
            newerFound.Clear();
            for (var ordinal = 0; open && ordinal < day.Length; ordinal++)
            {
                if (day[ordinal] is null || now[ordinal] is not null) continue;
                now[ordinal] = day[ordinal];
                newerFound.Add(ordinal);
                wanted--;
            }
        }

        return new Columns(now, before);
    }

    private async Task<UsageValue?[]?[]> ReadDateAsync(
        ProductId product, DateOnly date, IReadOnlyList<DimensionId> dimensions, RosterSnapshot accounts, CancellationToken cancel)
    {
        var day = new UsageValue?[]?[accounts.OrdinalCount];
        string[] columns = ["PartitionKey", "RowKey", .. dimensions.Select(SnapshotKeys.Property)];
        await Parallel.ForAsync(0, SnapshotKeys.Ranges, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancel }, async (range, stop) =>
        {
            await foreach (var entity in tables.Snapshots.QueryAsync<TableEntity>(SnapshotKeys.Range(range, product, date), select: columns, cancellationToken: stop))
            {
                // An account that is gone, or was made anew under its id, has no part in this.
                if (accounts.Find(new Core.Accounts.AccountId(entity.RowKey)) is not { } account) continue;
                if (entity.PartitionKey != SnapshotKeys.PartitionOf(account.Ordinal, product, date)) continue;
                day[account.Ordinal] = [.. dimensions.Select(dimension => StoredValues.ToValue(entity[SnapshotKeys.Property(dimension)]))];
            }
        });
        return day;
    }
}
