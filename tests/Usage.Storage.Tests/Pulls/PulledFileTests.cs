using Usage.Core.Ids;
using Usage.Core.Outbound;
using Usage.Storage.Notices;
using Usage.Storage.Pulls;
using Usage.Testing.Emulator;

namespace Usage.Storage.Tests.Pulls;

[Collection(SharedStorage.Name)]
public sealed class PulledFileTests(StorageFixture storage)
{
    private UsageBlobs Blobs => storage.Blobs;

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(35)]
    public async Task File_appears_whole_when_it_is_committed_and_not_before(int length)
    {
        var content = Bytes(length);
        var file = PulledFile.Begin(Blobs, $"a{length}/pulled/x.csv", "usage ü.csv", blockBytes: 10);
        await file.WriteAsync(content, default);
        Assert.False(await PulledFile.IsThereAsync(Blobs, file.Path, default));

        await file.CommitAsync(default);

        Assert.Equal(length, file.Length);
        Assert.Equal(content, await ReadAsync(file.Path));
    }

    [Fact]
    public async Task After_a_crash_the_whole_blocks_are_there_and_those_of_other_content_are_not_mixed_in()
    {
        var (content, other) = (Bytes(45), Bytes(45, from: 100));
        await PulledFile.Begin(Blobs, "b/pulled/x.csv", "x.csv", blockBytes: 10).WriteAsync(other, default);
        var file = PulledFile.Begin(Blobs, "b/pulled/x.csv", "x.csv", blockBytes: 10);
        await file.WriteAsync(content.AsMemory(0, 27), default);

        var partial = new PartialPull(file.Path, file.Stage, new PullValidator("s", null, null), null);
        var resumed = await PulledFile.ResumeAsync(Blobs, partial, default, blockBytes: 10);
        Assert.Equal(20, resumed.Length);
        await resumed.WriteAsync(content.AsMemory(20), default);
        await resumed.CommitAsync(default);

        Assert.Equal(content, await ReadAsync(file.Path));
    }

    [Fact]
    public async Task Changes_of_several_writers_of_a_pull_record_all_count()
    {
        var (store, id) = (new PullStore(storage.Tables), new IntegrationId("shared"));

        await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(_ => store.ChangeAsync(id, record => record with { Instance = record.Instance + "x" }, default)));

        Assert.Equal("xxxxxxxx", (await store.FindAsync(id, default))!.Instance);
    }

    [Fact]
    public async Task Notice_that_was_settled_is_not_owed_again()
    {
        var (owed, run) = (new OwedNotices(storage.Tables), new RunId("20261122T101530-0123456789ab"));
        Assert.True(await owed.AddAsync(run, default));
        Assert.False(await owed.AddAsync(run, default));
        Assert.Equal([run], await owed.ListAsync(DateTimeOffset.MaxValue, default));

        await owed.SettleAsync(run, default);

        Assert.False(await owed.AddAsync(run, default));
        Assert.Empty(await owed.ListAsync(DateTimeOffset.MaxValue, default));
    }

    private async Task<byte[]> ReadAsync(string path) =>
        (await Blobs.Imports.GetBlobClient(path).DownloadContentAsync()).Value.Content.ToArray();

    private static byte[] Bytes(int length, int from = 0) => [.. Enumerable.Range(from, length).Select(number => (byte)number)];
}
