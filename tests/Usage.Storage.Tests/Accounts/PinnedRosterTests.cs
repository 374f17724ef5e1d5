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

    private readonly StorageFixture _storage = new();

    public ValueTask InitializeAsync() => _storage.InitializeAsync();

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    [Fact]
    public async Task Runs_share_a_list_and_the_last_one_removes_it()
    {
        using var roster = NewRoster();
        using var here = new PinnedRosters(roster, _storage.Blobs);
        using var there = new PinnedRosters(roster, _storage.Blobs);
        await WriteAsync("acme");

        var first = await here.PinAsync(First, default);
        var second = await there.PinAsync(Second, default);
        await WriteAsync("globex");
        Assert.Equal(first.Name, second.Name);
        Assert.NotEqual(first.Name, (await here.PinAsync(First, default)).Name);
        Assert.Equal(5, (await BlobsAsync()).Count);

        await here.ReleaseAsync(First, default);
        Assert.Equal([$"pinned/{first.Name}", $"pins/{Second}/{first.Name}"], await BlobsAsync());
        using var anywhere = new PinnedRosters(NewRoster(), _storage.Blobs);
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
            using var rosters = new PinnedRosters(roster, _storage.Blobs);
            using var elsewhere = new PinnedRosters(NewRoster(), _storage.Blobs);
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

    private async Task<IReadOnlyList<string>> BlobsAsync() =>
        await _storage.Blobs.Accounts.GetBlobsAsync().Select(blob => blob.Name).Where(name => name != "roster").Order().ToListAsync();

    private async Task WriteAsync(string id) => Assert.True(
        (await new AccountStore(_storage.Tables, new AccountOrdinals(_storage.Tables), TimeProvider.System)
            .WriteAsync(new Account { Id = new AccountId(id), Name = id }, null, default)).Written);

    private Roster NewRoster() => new(_storage.Tables, _storage.Blobs, TimeProvider.System);
}
