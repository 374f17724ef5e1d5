using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Storage.Accounts;
using Usage.Testing.Emulator;

namespace Usage.Storage.Tests.Accounts;

/// <summary>Lists of accounts that runs keep as they were.</summary>
public sealed class PinnedRosterTests : IAsyncLifetime
{
    private static readonly RunId First = new("20260101T000000-000000000001");
    private static readonly RunId Second = new("20260101T000000-000000000002");

    private readonly Clock _clock = new();
    private readonly StorageFixture _storage = new();

    public ValueTask InitializeAsync() => _storage.InitializeAsync();

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    [Fact]
    public async Task Runs_share_a_list_and_the_last_one_removes_it()
    {
        using var roster = NewRoster();
        using var here = NewRosters(roster);
        using var there = NewRosters(roster);
        await WriteAsync("acme");

        var first = await here.PinAsync(First, default);
        var second = await there.PinAsync(Second, default);
        await WriteAsync("globex");
        Assert.Equal(first.Name, second.Name);
        Assert.NotEqual(first.Name, (await here.PinAsync(First, default)).Name);
        Assert.Equal(5, (await BlobsAsync()).Count);

        await here.ReleaseAsync(First, default);
        Assert.Equal([$"pinned/{first.Name}", $"pins/{Second}/{first.Name}"], await BlobsAsync());
        using var anywhere = NewRosters(NewRoster());
        Assert.Equal("acme", Assert.Single((await anywhere.GetAsync(first.Name, default)).Accounts).Account.Id.Value);
        await there.ReleaseAsync(Second, default);
        Assert.Empty(await BlobsAsync());
    }

    [Fact]
    public async Task Whoever_pins_while_others_let_go_has_its_list()
    {
        using var roster = NewRoster();
        await WriteAsync("acme");
        await Parallel.ForEachAsync(Enumerable.Range(1, 12), async (number, cancellationToken) =>
        {
            using var rosters = NewRosters(roster);
            using var elsewhere = NewRosters(NewRoster());
            for (var i = 0; i < 10; i++)
            {
                var run = new RunId($"20260101T0000{i:00}-{number:D12}");
                var (name, _) = await rosters.PinAsync(run, cancellationToken);
                Assert.Single((await elsewhere.GetAsync(name, cancellationToken)).Accounts);
                await rosters.ReleaseAsync(run, cancellationToken);
            }
        });
        Assert.Empty(await BlobsAsync());
    }

    [Fact]
    public async Task Run_waits_while_an_account_is_closed()
    {
        using var roster = NewRoster();
        using var rosters = NewRosters(roster);
        await WriteAsync("acme");
        var closure = Closures().Of(new AccountId("acme"));
        await closure.CloseAsync(default);

        var pin = rosters.PinAsync(First, default);
        await Task.Delay(200);
        Assert.False(pin.IsCompleted);
        Assert.True(await Store().TryDeleteAsync((await Store().GetAsync(new AccountId("acme"), default))!, default));
        await closure.DisposeAsync();
        Assert.Empty((await pin).Roster.Accounts);
    }

    [Fact]
    public async Task Closure_that_was_cut_short_is_opened_and_its_delete_is_too_late()
    {
        using var roster = NewRoster();
        using var rosters = NewRosters(roster);
        await WriteAsync("acme");
        var read = (await Store().GetAsync(new AccountId("acme"), default))!;
        await using var closure = Closures().Of(new AccountId("acme"));
        await closure.CloseAsync(default);

        _clock.Ahead = TimeSpan.FromMinutes(1);
        Assert.Single((await rosters.PinAsync(First, default)).Roster.Accounts);
        Assert.False(await Store().TryDeleteAsync(read, default));
    }

    private async Task<IReadOnlyList<string>> BlobsAsync() =>
        await _storage.Blobs.Accounts.GetBlobsAsync().Select(blob => blob.Name).Where(name => name != "roster").Order().ToListAsync();

    private async Task WriteAsync(string id) => Assert.True(
        (await Store().WriteAsync(new Account { Id = new AccountId(id), Name = id }, null, default)).Written);

    private AccountStore Store() => new(_storage.Tables, new AccountOrdinals(_storage.Tables), _clock);

    private AccountClosures Closures() => new(_storage.Tables, _clock);

    private PinnedRosters NewRosters(Roster roster) => new(roster, Closures(), _storage.Blobs);

    private Roster NewRoster() => new(_storage.Tables, _storage.Blobs, _clock);

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }
}
