using Azure.Data.Tables;
using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Storage.Accounts;
using Usage.Testing.Emulator;

namespace Usage.Storage.Tests.Accounts;

/// <summary>What a change answers, every process sees; each test has an emulator's worth of accounts of its own.</summary>
public sealed class RosterTests : IAsyncLifetime
{
    private readonly Clock _clock = new();
    private readonly StorageFixture _storage = new();

    private UsageTables Tables => _storage.Tables;

    public ValueTask InitializeAsync() => _storage.InitializeAsync();

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    [Fact]
    public async Task Change_is_seen_by_every_process_once_it_is_answered()
    {
        using var here = NewRoster();
        using var there = NewRoster();
        for (var i = 0; i < 3; i++)
        {
            await WriteAsync("acme", $"CRM{i}");
            foreach (var roster in new[] { here, there })
                Assert.Equal(0, (await roster.GetAsync(default)).Matcher.Find(MatchBy.CrmId, $"CRM{i}").Ordinal);
        }

        await Store().TryDeleteAsync((await Store().GetAsync(new AccountId("acme"), default))!, default);
        Assert.Empty((await here.GetAsync(default)).Accounts);
        await WriteAsync("acme", "CRM9");
        Assert.Equal(1, Assert.Single((await there.GetAsync(default)).Accounts).Ordinal);
    }

    [Fact]
    public async Task Many_changes_and_many_readers_end_in_the_same_list()
    {
        using var here = NewRoster();
        using var there = NewRoster();
        for (var i = 0; i < 150; i++)
        {
            await WriteAsync($"a{i:000}", $"CRM{i}");
            if (i % 10 == 0) await Task.WhenAll(here.GetAsync(default), there.GetAsync(default));
        }

        var expected = Enumerable.Range(0, 150).Select(i => $"a{i:000}");
        Assert.Equal(expected, (await here.GetAsync(default)).Accounts.Select(account => account.Account.Id.Value));
        Assert.Equal(expected, (await there.GetAsync(default)).Accounts.Select(account => account.Account.Id.Value));
        Assert.InRange(await Tables.AccountChanges.QueryAsync<TableEntity>().CountAsync(), 0, 65);
    }

    [Fact]
    public async Task Changes_taken_in_one_by_one_end_where_reading_all_anew_does()
    {
        using var kept = NewRoster();
        var random = new Random(5);
        string[] ids = ["a", "B", "é", "z", "10", "9", "日本", "~", " x", "a-1"];
        for (var i = 0; i < 60; i++)
        {
            var id = ids[random.Next(ids.Length)];
            if (random.Next(3) > 0) await WriteAsync(id, $"CRM{i}");
            else if (await Store().GetAsync(new AccountId(id), default) is { } stored) await Store().TryDeleteAsync(stored, default);
            if (random.Next(2) == 0) continue;
            using var anew = NewRoster();
            Assert.Equal(
                (await anew.GetAsync(default)).Accounts.Select(account => (account.Ordinal, account.Account.Id, account.Account.CrmId)),
                (await kept.GetAsync(default)).Accounts.Select(account => (account.Ordinal, account.Account.Id, account.Account.CrmId)));
        }

        Assert.Equal((await kept.GetAsync(default)).Accounts.Select(a => a.Account.Id.Value).Order(StringComparer.Ordinal),
            (await kept.GetAsync(default)).Accounts.Select(a => a.Account.Id.Value));
    }

    /// <summary>Nor may a mark be lost that some request is about to settle, or that others have made.</summary>
    [Fact]
    public async Task List_that_is_written_anew_has_no_mark_that_names_who_is_gone()
    {
        using var roster = NewRoster();
        await WriteAsync("acme", "CRM1");
        await WriteAsync("globex", "CRM2");
        await Store().TryDeleteAsync((await Store().GetAsync(new AccountId("acme"), default))!, default);
        foreach (var account in new[] { "acme", "globex" })
            await Tables.AccountChanges.AddEntityAsync(
                new TableEntity("changes", $"cut-{account}") { ["account"] = account, ["settled"] = false });

        await roster.RewriteAsync(new AccountId("acme"), default);

        var marks = await Tables.AccountChanges.QueryAsync<TableEntity>().ToListAsync();
        Assert.Equal(
            ["cut-acme *", "cut-globex globex"], marks.Select(mark => $"{mark.RowKey} {mark.GetString("account")}").Order());
        Assert.Equal("globex", Assert.Single((await roster.GetAsync(default)).Accounts).Account.Id.Value);
    }

    [Fact]
    public async Task Change_that_was_cut_short_is_seen_once_nobody_can_be_at_it()
    {
        using var roster = NewRoster();
        await WriteAsync("acme", "CRM1");
        await roster.GetAsync(default);
        // As a crash between the account and the settling of its mark leaves it.
        var stored = await Tables.Accounts.QueryAsync<TableEntity>("RowKey eq 'acme'").SingleAsync();
        stored["crmId"] = "CRM2";
        await Tables.Accounts.UpsertEntityAsync(stored);
        await Tables.AccountChanges.AddEntityAsync(new TableEntity("changes", "cut-short") { ["account"] = "acme", ["settled"] = false });

        Assert.True((await roster.GetAsync(default)).Matcher.Find(MatchBy.CrmId, "CRM2").IsNone);
        _clock.Ahead = TimeSpan.FromMinutes(10);
        Assert.True((await roster.GetAsync(default)).Matcher.Find(MatchBy.CrmId, "CRM2").IsOne);
    }

    [Fact]
    public async Task Claim_that_was_cut_short_holds_nobody_up_for_ever()
    {
        await WriteAsync("acme", "CRM1");
        await Tables.AccountKeys.UpsertEntityAsync(await ClaimOfAsync("CRM1", "ghost"));
        var taken = await Store().WriteAsync(Account("globex", "CRM1"), null, default);
        Assert.Equal("ghost", Assert.Single(taken.Conflicts).Holder.Value);
        _clock.Ahead = TimeSpan.FromMinutes(10);
        Assert.True((await Store().WriteAsync(Account("globex", "CRM1"), null, default)).Written);
    }

    [Fact]
    public async Task Blob_of_another_release_is_written_anew()
    {
        await WriteAsync("acme", "CRM1");
        await _storage.Blobs.Accounts.GetBlobClient("roster").UploadAsync(new BinaryData(new byte[] { 1, 0, 0, 0, 0 }));
        using var roster = NewRoster();
        Assert.Single((await roster.GetAsync(default)).Accounts);
        Assert.NotEqual(1, (await _storage.Blobs.Accounts.GetBlobClient("roster").DownloadContentAsync()).Value.Content.ToArray()[0]);
    }

    [Fact]
    public async Task Loser_of_a_race_gives_up_at_once_what_it_claimed_and_nothing_else()
    {
        await WriteAsync("acme", "CRM1");
        // As two requests that both found nothing there: the second is too late.
        Assert.False((await Store().WriteAsync(Account("acme", "CRM2"), null, default)).Written);
        Assert.False((await Store().WriteAsync(Account("acme", "CRM1"), null, default)).Written);
        Assert.True((await Store().WriteAsync(Account("globex", "CRM2"), null, default)).Written);
        Assert.Single((await Store().WriteAsync(Account("initech", "CRM1"), null, default)).Conflicts);
    }

    private async Task<TableEntity> ClaimOfAsync(string crmId, string account)
    {
        var claim = await Tables.AccountKeys.QueryAsync<TableEntity>().SingleAsync(entity => entity.GetString("key") == crmId);
        claim["account"] = account;
        return claim;
    }

    private async Task WriteAsync(string id, string crmId)
    {
        var store = Store();
        Assert.True((await store.WriteAsync(Account(id, crmId), await store.GetAsync(new AccountId(id), default), default)).Written);
    }

    private static Account Account(string id, string crmId) => new() { Id = new AccountId(id), Name = id, CrmId = crmId };

    private AccountStore Store() => new(Tables, new AccountOrdinals(Tables), _clock);

    private Roster NewRoster() => new(Tables, _storage.Blobs, _clock);

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }
}
