using System.Text;
using Usage.Core.Ids;
using Usage.Storage.Imports;
using Usage.Testing.Emulator;

namespace Usage.Storage.Tests.Imports;

[Collection(SharedStorage.Name)]
public sealed class SourceFilesTests(StorageFixture storage)
{
    private readonly SourceFiles _sources = new(storage.Blobs);

    [Fact]
    public async Task File_can_be_sought_in_and_then_comes_in_pieces()
    {
        var content = new byte[9_000_000];
        new Random(5).NextBytes(content);
        var (source, _) = await _sources.SaveAsync(new RunId("20260101T000000-0000000000a1"), "x.xlsx", new MemoryStream(content), default);
        await using var file = await _sources.OpenAsync(source, default);
        var (start, buffer) = (new byte[1000], new byte[5_000_000]);
        await file.ReadExactlyAsync(start);
        Assert.Equal(content[..1000], start);
        Assert.Equal(content.Length, file.Length);
        foreach (var at in new[] { 8_999_999, 4_000_000, 4_000_001, 0 })
        {
            file.Position = at;
            var expected = content.AsSpan(at, Math.Min(buffer.Length, content.Length - at)).ToArray();
            Assert.Equal(expected.Length, file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false));
            Assert.Equal(expected, buffer[..expected.Length]);
            Assert.Equal(at + expected.Length, file.Position);
        }
    }

    /// <summary>Our own copies are written anew only where an account is erased: whoever opens one then reads what is left.</summary>
    [Fact]
    public async Task File_that_is_replaced_meanwhile_is_not_mixed_with_the_new_one()
    {
        var run = new RunId("20260101T000000-0000000000a2");
        var (source, _) = await _sources.SaveAsync(run, "x.xlsx", new MemoryStream(Encoding.UTF8.GetBytes("one")), default);
        await using var file = await _sources.OpenAsync(source, default);
        await storage.Blobs.Runs.GetBlobClient(source.Blob).UploadAsync(new BinaryData("two"), overwrite: true);
        Assert.Throws<FileReplacedException>(() => file.Position = 1);
        await using var again = await _sources.OpenAsync(source, default);
        Assert.Equal("two", await new StreamReader(again).ReadToEndAsync());
    }
}
