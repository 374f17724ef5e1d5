using Azure.Data.Tables;
using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Storage.Accounts;
using Usage.Storage.Accounts.Importing;
using Usage.Storage.Snapshots;
using Usage.Testing.Emulator;

namespace Usage.Storage.Tests.Reports;

/// <summary>
/// Accounts with four months of a product: nearly all have the newest, some only older ones, a few none. Enough of them that a
/// range of a date is more than one partition, and that some dates are read whole and others account by account.
/// </summary>
public sealed class UsageWorld : IAsyncLifetime
{
    public const int Count = 2_600;

    private readonly StorageFixture _storage = new();

    public static ProductId Product { get; } = new("world");

    public static DimensionId Mau { get; } = new("mau");

    public static DimensionId Plan { get; } = new("plan");

    public static IReadOnlyList<DateOnly> Dates { get; } = [new(2026, 1, 1), new(2026, 2, 1), new(2026, 3, 1), new(2026, 4, 1)];

    public UsageTables Tables => _storage.Tables;

    public RosterSnapshot Accounts { get; private set; } = null!;

    /// <summary>What is stored, by date and account.</summary>
    public Dictionary<(DateOnly Date, AccountId Account), (double Mau, string? Plan)> Stored { get; } = [];

    public async ValueTask InitializeAsync()
    {
        await _storage.InitializeAsync();
        var ordinals = new AccountOrdinals(Tables);
        var rows = Enumerable.Range(0, Count).Select(i => new AccountRow(i + 1, new AccountId($"a{i:0000}"), $"Account {i}")).ToList();
        await new AccountImport(Tables, new AccountStore(Tables, ordinals, TimeProvider.System), ordinals, TimeProvider.System)
            .ImportAsync(rows, account => account, default);
        using var roster = new Roster(Tables, _storage.Blobs, TimeProvider.System);
        Accounts = await roster.GetAsync(default);
        foreach (var date in Dates)
        {
            await Tables.SnapshotDates.UpsertEntityAsync(new TableEntity(Product.Value, $"{date:yyyy-MM-dd}"));
            await Tables.Snapshots.SubmitAsync(
                Accounts.Accounts.Where(account => Has(account, date)).Select(account => Store(account, date)),
                TableTransactionActionType.Add, default);
        }
    }

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    // By the number in the id, which says nothing of the ordinal.
    private static bool Has(NumberedAccount account, DateOnly date) =>
        (int.Parse(account.Account.Id.Value.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture) % 100) switch
        {
            0 => false,
            1 => date == Dates[0],
            2 or 3 => date == Dates[1] || date == Dates[2],
            4 => date == Dates[3],
            _ => true,
        };

    private TableEntity Store(NumberedAccount account, DateOnly date)
    {
        var (id, mau) = (account.Account.Id, account.Ordinal + date.Month / 10.0);
        var plan = account.Ordinal % 3 == 0 ? null : $"plan {account.Ordinal % 5}";
        Stored[(date, id)] = (mau, plan);
        var entity = new TableEntity(SnapshotKeys.PartitionOf(account.Ordinal, Product, date), id.Value)
        {
            [SnapshotKeys.Run] = "20260101T000000-0123456789ab",
            [SnapshotKeys.Row] = (long)account.Ordinal,
            [SnapshotKeys.Property(Mau)] = mau,
        };
        if (plan is not null) entity[SnapshotKeys.Property(Plan)] = plan;
        return entity;
    }
}
