using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Core.Values;
using Usage.Storage.Products;
using Usage.Storage.Reports;

namespace Usage.Storage.Tests.Reports;

/// <summary>Each way of reading usage against what was stored.</summary>
public sealed class ReadingTests(UsageWorld world) : IClassFixture<UsageWorld>
{
    private static readonly DateOnly[] Newest = [.. UsageWorld.Dates.Reverse()];

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Columns_are_those_of_each_accounts_date_that_counts_and_of_the_date_before(int? month)
    {
        DateOnly? date = month is { } m ? UsageWorld.Dates[m] : null;
        var columns = await new ProductColumns(world.Tables, new ProductDates(world.Tables))
            .ReadAsync(UsageWorld.Product, [UsageWorld.Mau, UsageWorld.Plan], world.Accounts, date, withBefore: true, default);
        foreach (var account in world.Accounts.Accounts)
        {
            DateOnly? counts = date ?? Newest.Cast<DateOnly?>()
                .FirstOrDefault(day => world.Stored.ContainsKey((day!.Value, account.Account.Id)));
            Assert.Equal(Of(counts, account), columns.Now[account.Ordinal]);
            Assert.Equal(Of(counts, account) is null ? null : Of(counts!.Value.AddMonths(-1), account), columns.Before[account.Ordinal]);
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(999)]
    [InlineData(1_000)]
    public async Task Pages_of_a_date_have_every_snapshot_once(int top)
    {
        var reader = new DateSnapshotReader(world.Tables);
        var seen = new List<AccountId>();
        string? after = null;
        do
        {
            // One more tells whether there is a page after this one.
            var page = await reader.ReadAsync(UsageWorld.Product, UsageWorld.Dates[3], after, top + 1, default).Take(top + 1).ToListAsync();
            seen.AddRange(page.Take(top).Select(placed => placed.Snapshot.Account));
            after = page.Count > top ? page[top - 1].Position : null;
        }
        while (after is not null && seen.Count < 3 * UsageWorld.Count);
        Assert.Equal(world.Stored.Keys.Where(key => key.Date == UsageWorld.Dates[3]).Select(key => key.Account.Value).Order(),
            seen.Select(id => id.Value).Order());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(105)]
    public async Task Account_has_its_snapshots_newest_first(int number)
    {
        var reader = new AccountUsageReader(world.Tables, new ProductDates(world.Tables));
        var account = world.Accounts.Find(new AccountId($"a{number:0000}"))!;
        var read = Assert.Single(await reader.ReadAsync(account, [UsageWorld.Product], null, UsageWorld.Dates[2], default));
        Assert.Equal(Newest.Skip(1).Where(day => world.Stored.ContainsKey((day, account.Account.Id))),
            read.Select(snapshot => snapshot.Date));
        Assert.All(read, snapshot => Assert.Equal(
            world.Stored[(snapshot.Date, account.Account.Id)].Mau, snapshot.Values[UsageWorld.Mau].Number));
    }

    private UsageValue?[]? Of(DateOnly? date, NumberedAccount account) =>
        date is { } day && world.Stored.TryGetValue((day, account.Account.Id), out var stored)
            ? [UsageValue.Of(stored.Mau), stored.Plan is null ? null : UsageValue.Of(stored.Plan)]
            : null;
}
