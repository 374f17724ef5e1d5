using Azure.Data.Tables;
using Usage.Core.Ids;
using Usage.Core.Values;
using Usage.Storage.Accounts;
using Usage.Storage.Products;
using Usage.Storage.Snapshots;

namespace Usage.Storage.Reports;

/// <summary>
/// Some dimensions of a product for every account: each account's snapshot of the date that counts, and that of the date before.
/// </summary>
public sealed class ProductColumns(UsageTables tables, ProductDates dates)
{
    /// <summary>
    /// Up to so many accounts are read one by one: those that never had the product are looked for on every date there is.
    /// </summary>
    private const int OneByOne = 256;

    private const int PointsAtOnce = 16;
    private const int RangesAtOnce = 8;

    /// <summary>Values by account ordinal and then by dimension; null where there is no snapshot.</summary>
    public sealed record Columns(UsageValue?[]?[] Now, UsageValue?[]?[] Before);

    /// <param name="product">The product.</param>
    /// <param name="dimensions">Read in this order.</param>
    /// <param name="accounts">Those that are looked for.</param>
    /// <param name="date">Null: each account's latest.</param>
    /// <param name="withBefore">Whether the date before is needed at all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Columns> ReadAsync(
        ProductId product, IReadOnlyList<DimensionId> dimensions, RosterSnapshot accounts, DateOnly? date, bool withBefore,
        CancellationToken cancellationToken)
    {
        var known = await dates.ListAsync(product, null, date, cancellationToken);
        var now = new UsageValue?[]?[accounts.OrdinalCount];
        var before = new UsageValue?[]?[accounts.OrdinalCount];
        int[] ordinals = [.. accounts.Accounts.Select(account => account.Ordinal)];
        var wanted = ordinals.Length;
        var newerFound = new List<int>();
        for (var i = known.Count - 1; i >= 0; i--)
        {
            var open = date is null ? wanted > 0 : known[i] == date;
            if (!open && !(withBefore && newerFound.Count > 0)) break;
            var looking = ordinals.Where(ordinal => open && now[ordinal] is null);
            var asked = looking.Concat(withBefore ? newerFound : []).Take(OneByOne + 1).ToList();
            var reading = new Reading(product, known[i], dimensions, accounts);
            var day = asked.Count > OneByOne
                ? await ReadDateAsync(reading, cancellationToken) : await ReadAccountsAsync(reading, asked, cancellationToken);
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

    private async Task<UsageValue?[]?[]> ReadDateAsync(Reading reading, CancellationToken cancellationToken)
    {
        var day = reading.NewDay();
        await Parallel.ForAsync(0, SnapshotKeys.Ranges, Bounded(RangesAtOnce, cancellationToken), async (range, cancellationToken) =>
        {
            var filter = SnapshotKeys.Range(range, reading.Product, reading.Date);
            await foreach (var entity in tables.Snapshots.QueryAsync<TableEntity>(
                filter, select: reading.Columns, cancellationToken: cancellationToken))
            {
                // An account that is gone, or was made anew under its id, has no part in this.
                if (reading.Accounts.Find(new AccountId(entity.RowKey)) is not { } account) continue;
                if (entity.PartitionKey == reading.PartitionOf(account.Ordinal)) day[account.Ordinal] = reading.Values(entity);
            }
        });
        return day;
    }

    private async Task<UsageValue?[]?[]> ReadAccountsAsync(Reading reading, IEnumerable<int> ordinals, CancellationToken cancellationToken)
    {
        var day = reading.NewDay();
        await Parallel.ForEachAsync(ordinals, Bounded(PointsAtOnce, cancellationToken), async (ordinal, cancellationToken) =>
        {
            if (reading.Accounts.Find(ordinal) is not { } account) return;
            var found = await tables.Snapshots.GetEntityIfExistsAsync<TableEntity>(
                reading.PartitionOf(ordinal), account.Account.Id.Value, reading.Columns, cancellationToken);
            if (found.HasValue) day[ordinal] = reading.Values(found.Value!);
        });
        return day;
    }

    private static ParallelOptions Bounded(int atOnce, CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken };

    /// <summary>What is read of one date.</summary>
    private sealed record Reading(ProductId Product, DateOnly Date, IReadOnlyList<DimensionId> Dimensions, RosterSnapshot Accounts)
    {
        public string[] Columns { get; } = ["PartitionKey", "RowKey", .. Dimensions.Select(SnapshotKeys.Property)];

        public string PartitionOf(int ordinal) => SnapshotKeys.PartitionOf(ordinal, Product, Date);

        /// <summary>Entities that lack a column have null there.</summary>
        public UsageValue?[] Values(TableEntity entity) =>
            [.. Dimensions.Select(dimension => StoredValues.ToValue(entity[SnapshotKeys.Property(dimension)]))];

        public UsageValue?[]?[] NewDay() => new UsageValue?[]?[Accounts.OrdinalCount];
    }
}
