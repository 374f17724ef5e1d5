using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs.Models;
using Usage.Core.Ids;
using Usage.Core.Uploads;
using Usage.Storage.Uploads;
using Usage.Testing.Emulator;

namespace Usage.Storage.Tests.Uploads;

[Collection(SharedStorage.Name)]
public sealed class UploadStoreTests : IAsyncLifetime
{
    private const string Ann = "Entra ann@contoso.example";
    private const string Bob = "Entra bob#EXT#@contoso.example";

    private readonly Clock _clock = new();
    private readonly StorageFixture _storage;
    private readonly UploadFiles _files;
    private readonly UploadStore _uploads;

    public UploadStoreTests(StorageFixture storage)
    {
        (_storage, _files) = (storage, new UploadFiles(storage.Blobs));
        _uploads = new UploadStore(storage.Tables, _files, _clock);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Each test begins with none.</summary>
    public async ValueTask DisposeAsync() => await _uploads.RemoveOldAsync(_clock.Now.AddYears(1), default);

    [Fact]
    public async Task Upload_is_there_for_whose_it_is_and_for_nobody_else()
    {
        var upload = await AddAsync(Ann, "a\n");
        Assert.Equal((1, 0), (await _uploads.CountAsync(Ann, default), await _uploads.CountAsync(Bob, default)));
        Assert.Equal(upload.Id, (await _uploads.FindAsync(Ann, upload.Id, default))!.Value.Id);
        Assert.Null(await _uploads.FindAsync(Bob, upload.Id, default));
        Assert.Empty(await _uploads.ListAsync(Bob, default));
    }

    [Fact]
    public async Task Blocks_are_listed_by_number_and_replaced_and_committed_once()
    {
        var upload = await BeginAsync(Ann, bytes: 6);
        foreach (var (number, text) in new[] { (2, "later"), (1, "one"), (2, "two") }) await StageAsync(upload.Id, number, text);
        Assert.Equal([new UploadBlock(1, 3), new UploadBlock(2, 3)], (await FoundAsync(upload)).Blocks);
        Assert.Equal([new UploadBlock(1, 3), new UploadBlock(2, 3)], Assert.Single(await _uploads.ListAsync(Ann, default)).Blocks);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
            await _files.CommitAsync(upload.Id, (await FoundAsync(upload)).Blocks, default)));

        // As after a crash: the file is there, and the record doesn't know it yet.
        Assert.Equal(2, (await FoundAsync(upload)).Blocks.Count);
        Assert.Equal((6, Hash("onetwo")), await _files.MeasureAsync(upload.Id, default));
        Assert.Equal("onetwo", await TextAsync(upload.Id));
    }

    [Fact]
    public async Task Who_writes_what_changed_meanwhile_is_told()
    {
        var upload = await AddAsync(Ann, "a\n");
        var stored = (await _uploads.FindAsync(Ann, upload.Id, default))!;
        Assert.NotNull(await _uploads.WriteAsync(Ann, stored.Value with { Draft = JsonNode.Parse("""{"step":2}""") }, stored, default));
        Assert.Null(await _uploads.WriteAsync(Ann, stored.Value with { Draft = null }, stored, default));
        Assert.Equal(2, (int)(await FoundAsync(upload)).Draft!["step"]!);
        Assert.False(await _uploads.TryDeleteAsync(Ann, stored, default));
    }

    [Fact]
    public async Task Deleted_upload_leaves_no_file_and_no_blocks()
    {
        var (whole, parts) = (await AddAsync(Ann, "a\n"), await BeginAsync(Ann, bytes: 3));
        await StageAsync(parts.Id, 1, "one");
        foreach (var upload in new[] { whole, parts })
            Assert.True(await _uploads.TryDeleteAsync(Ann, (await _uploads.FindAsync(Ann, upload.Id, default))!, default));
        Assert.Empty(await LeftAsync());
        Assert.Empty(await _files.BlocksAsync(parts.Id, default));
    }

    [Fact]
    public async Task After_seven_days_it_is_gone_and_the_purge_removes_all_of_it()
    {
        var (whole, parts) = (await AddAsync(Ann, "a\n"), await BeginAsync(Bob, bytes: 3));
        await StageAsync(parts.Id, 1, "one");
        // As after a crash before the record was written.
        await _files.WriteAsync(UploadId.Unique(_clock.Now, Guid.NewGuid()), new MemoryStream("lost"u8.ToArray()), default);
        _clock.Now += TimeSpan.FromDays(3);
        var late = await AddAsync(Ann, "late\n");
        _clock.Now += TimeSpan.FromDays(4) - TimeSpan.FromSeconds(1);
        Assert.NotNull(await _uploads.FindAsync(Ann, whole.Id, default));
        Assert.Equal(0, await _uploads.RemoveOldAsync(_clock.Now, default));

        _clock.Now += TimeSpan.FromSeconds(2);
        Assert.Null(await _uploads.FindAsync(Ann, whole.Id, default));
        Assert.Equal([late.Id], (await _uploads.ListAsync(Ann, default)).Select(upload => upload.Id));
        Assert.Equal(1, await _uploads.CountAsync(Ann, default));
        Assert.Equal(3, await _uploads.RemoveOldAsync(_clock.Now, default));
        Assert.Equal([late.Id.Value], await LeftAsync());
        Assert.Empty(await _files.BlocksAsync(parts.Id, default));
        Assert.Equal(0, await _uploads.RemoveOldAsync(_clock.Now, default));
    }

    private async Task<Upload> AddAsync(string person, string content)
    {
        var upload = Begun(bytes: 0);
        var (bytes, hash) = (await _files.WriteAsync(upload.Id, new MemoryStream(Encoding.UTF8.GetBytes(content)), default))!.Value;
        return (await _uploads.WriteAsync(person, upload with { Bytes = bytes, Sha256 = hash }, null, default))!;
    }

    private async Task<Upload> BeginAsync(string person, long bytes) =>
        (await _uploads.WriteAsync(person, Begun(bytes), null, default))!;

    private Upload Begun(long bytes) =>
        new() { Id = UploadId.Unique(_clock.Now, Guid.NewGuid()), Name = "x.csv", Bytes = bytes, At = _clock.Now };

    private Task StageAsync(UploadId id, int number, string text) =>
        _files.StageAsync(id, number, new MemoryStream(Encoding.UTF8.GetBytes(text)), default);

    private async Task<Upload> FoundAsync(Upload upload) => (await _uploads.FindAsync(Ann, upload.Id, default))!.Value;

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private async Task<string> TextAsync(UploadId id) =>
        (await _storage.Blobs.Uploads.GetBlobClient(id.Value).DownloadContentAsync()).Value.Content.ToString();

    private async Task<IReadOnlyList<string>> LeftAsync() =>
        await _storage.Blobs.Uploads.GetBlobsAsync(BlobTraits.None, BlobStates.Uncommitted, null, default)
            .Select(blob => blob.Name).ToListAsync();

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
