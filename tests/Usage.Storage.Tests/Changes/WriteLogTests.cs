using Usage.Core.Accounts;
using Usage.Core.Changes;
using Usage.Core.Ids;
using Usage.Core.Snapshots;
using Usage.Core.Values;
using Usage.Storage.Changes;
using Usage.Storage.Runs;
using Usage.Testing.Emulator;

namespace Usage.Storage.Tests.Changes;

[Collection(SharedStorage.Name)]
public sealed class WriteLogTests(StorageFixture storage)
{
    private static readonly LogHeader Header = new([new LogProduct(new ProductId("crm"), [new DimensionId("seats")])]);

    private readonly RunLogs _logs = new(new RunBlobs(storage.Blobs));
    private readonly RunId _run = RunIdText.Unique(new DateTimeOffset(2026, 10, 1, 0, 0, 0, TimeSpan.Zero), Guid.NewGuid());

    [Fact]
    public async Task What_was_told_is_found_by_who_goes_on()
    {
        var log = await OpenAsync();
        Assert.True(await log.TryAppendAsync([Group(3), Group(5)], default));
        Assert.True(await log.TryAppendAsync([Group(9)], default));

        var again = await OpenAsync();

        Assert.Equal(log.Pieces, again.Pieces);
        Assert.Equal([(3, 5), (9, 9)], again.Pieces.Select(piece => (piece.First, piece.Last)));
        Assert.Equal([3, 5], (await again.ReadAsync(0, default)).Select(group => group.Block));
        Assert.False(again.IsClosed);
    }

    [Fact]
    public async Task Of_two_attempts_one_tells_and_the_other_is_told_so()
    {
        var (one, other) = (await OpenAsync(), await OpenAsync());
        Assert.True(await one.TryAppendAsync([Group(1)], default));

        Assert.False(await other.TryAppendAsync([Group(2)], default));

        Assert.Equal([1], (await other.ReadAsync(0, default)).Select(group => group.Block));
        Assert.True(await other.TryAppendAsync([Group(3)], default));
        Assert.False(await one.TryAppendAsync([Group(4)], default));
        Assert.Equal(2, one.Pieces.Count);
    }

    [Fact]
    public async Task The_same_piece_told_twice_is_there_once_as_after_a_lost_answer()
    {
        var (one, other) = (await OpenAsync(), await OpenAsync());
        Assert.True(await one.TryAppendAsync([Group(1)], default));

        Assert.True(await other.TryAppendAsync([Group(1)], default));

        Assert.Single(other.Pieces);
    }

    [Fact]
    public async Task Who_wakes_up_after_the_end_tells_nothing_more()
    {
        var late = await OpenAsync();
        var log = await OpenAsync();
        await log.TryAppendAsync([Group(1), Group(2)], default);
        await log.CloseAsync([1], default);

        Assert.False(await late.TryAppendAsync([Group(3)], default));

        Assert.True(late.IsClosed);
        Assert.Equal([1], late.Pieces[0].Without);
        Assert.True((await OpenAsync()).IsClosed);
    }

    [Fact]
    public async Task A_piece_larger_than_one_append_is_whole_or_not_there()
    {
        var log = await OpenAsync();
        var text = new string('x', 30_000);
        var large = Enumerable.Range(0, 4).Select(block => Group(block, 100, UsageValue.Of(text))).ToList();

        Assert.True(await log.TryAppendAsync(large, default));

        Assert.Equal(400, (await (await OpenAsync()).ReadAsync(0, default)).Sum(group => group.Accounts.Count));
    }

    [Fact]
    public async Task A_block_is_found_by_the_index_without_what_was_refused()
    {
        var log = await OpenAsync();
        await log.TryAppendAsync([Group(4), Group(8)], default);
        await log.CloseAsync([1], default);
        await _logs.SaveIndexAsync(_run, new LogIndex(Header, 4, log.Pieces), default);

        var index = await _logs.GetIndexAsync(_run, default);

        Assert.NotNull(await FindAsync(4));
        Assert.Null(await FindAsync(8));
        Assert.Null(await FindAsync(12));

        Task<GroupWrites?> FindAsync(int block) =>
            _logs.FindAsync(_run, index, new ProductId("crm"), new DateOnly(2026, 10, 1), block, default);
    }

    private Task<WriteLog> OpenAsync() => _logs.OpenAsync(_run, 0, Header, default);

    private static GroupWrites Group(int block, int accounts = 1, UsageValue? value = null) => new(
        0, new DateOnly(2026, 10, 1), block,
        [.. Enumerable.Range(block * 100, accounts).Select(account => new AccountWrites(
            account, [new MergedRow(7, MatchBy.CrmId, false)],
            [new CellWrite(0, value ?? UsageValue.Of(1d), null, false, new CellSource(7, 1))]))]);
}
