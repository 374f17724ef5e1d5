using System.IO.Compression;
using System.Text;
using Usage.Core.Files;

namespace Usage.Core.Tests.Files.Sources;

public sealed class GzipTests
{
    private static readonly byte[] Text =
        Encoding.UTF8.GetBytes("id,n\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i},{i * 7919L % 10007}\n")));

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(int.MaxValue)]
    public async Task Members_one_after_the_other_are_one_file(int chunk)
    {
        byte[] packed = [.. Pack(Text.AsSpan(0, 7)), .. Pack([]), .. Pack(Text.AsSpan(7, 20000)), .. Pack(Text.AsSpan(20007))];
        var file = await FileFixture.PlanAsync(packed, name: "x.csv.gz", chunk: chunk);
        Assert.Equal(Text, file.Content);
        Assert.Equal(5000, file.Plan.Rows);
        Assert.Equal(packed.Length, file.Plan.Bytes);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(packed)), file.Plan.Sha256);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(int.MaxValue)]
    public async Task Zeros_behind_the_last_member_are_padding(int chunk)
    {
        byte[][] files = [Pack(Text), [.. Pack(Text), .. Pack([])], [.. Pack(Text.AsSpan(0, 300)), .. Pack(Text.AsSpan(300))]];
        foreach (var packed in files)
            foreach (var zeros in new[] { 0, 1, 2, 7, 8, 9, 15, 16, 17, 512, 70_000 })
            {
                byte[] padded = [.. packed, .. new byte[zeros]];
                var file = await FileFixture.PlanAsync(padded, chunk: chunk);
                Assert.Equal(Text, file.Content);
                Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(padded)), file.Plan.Sha256);
            }
    }

    [Fact]
    public async Task Padding_hides_no_cut()
    {
        var packed = Pack(Text.AsSpan(0, 300));
        var needed = packed.AsSpan().TrimEnd((byte)0).Length;
        for (var length = 2; length < needed; length++)
            foreach (var zeros in new[] { 1, 9, 40, 70_000 })
                Assert.Equal("gzip-truncated", (await FileFixture.PlanAsync([.. packed[..length], .. new byte[zeros]])).Error.Code);
    }

    [Theory]
    [InlineData(9, new byte[] { 1 })]
    [InlineData(0, new byte[] { 1, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(0, new byte[] { 0x1f, 0 })]
    [InlineData(512, null)]
    public async Task Padding_hides_nothing_else_that_follows(int zeros, byte[]? more)
    {
        var packed = Pack(Text.AsSpan(0, 300));
        byte[] file = [.. packed, .. new byte[zeros], .. more ?? packed];
        foreach (var chunk in new[] { 1, 100, int.MaxValue })
            Assert.Equal("gzip-truncated", (await FileFixture.PlanAsync(file, chunk: chunk)).Error.Code);
    }

    [Fact]
    public async Task Cut_anywhere_it_is_truncated()
    {
        var packed = Pack(Text.AsSpan(0, 300));
        for (var length = 2; length < packed.Length; length++)
        {
            var file = await FileFixture.PlanAsync(packed[..length], name: "x.csv.gz");
            Assert.Equal("gzip-truncated", file.Error.Code);
        }
    }

    [Fact]
    public async Task Cut_short_says_how_far_it_went()
    {
        var file = await FileFixture.PlanAsync(Pack(Text)[..^4], name: "x.CSV.GZ");
        Assert.Equal(
            ("gzip-truncated",
                $"the gzip data: found its end after {Text.Length} unpacked bytes, expected more (it is cut short, or something else "
                + "follows it); drop the file again"),
            file.Error);
    }

    [Fact]
    public async Task Damaged_is_told_from_cut_short()
    {
        var packed = Pack(Text);
        packed[^6] ^= 1;
        var file = await FileFixture.PlanAsync(packed, name: "x.csv.gz");
        Assert.Equal("gzip-truncated", file.Error.Code);
        Assert.Contains("found it damaged after", file.Error.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(int.MaxValue)]
    public async Task First_bytes_tell_and_not_the_name(int chunk)
    {
        Assert.Equal(5000, (await FileFixture.PlanAsync(Pack(Text), name: "x.csv", chunk: chunk)).Plan.Rows);
        Assert.Equal(5000, (await FileFixture.PlanAsync(Text, name: "x.csv.gz", chunk: chunk)).Plan.Rows);
    }

    [Fact]
    public async Task Packed_twice_is_told()
    {
        var file = await FileFixture.PlanAsync(Pack(Pack(Text)));
        Assert.Equal("not-a-csv", file.Error.Code);
        Assert.Contains("gzip inside of gzip", file.Error.Message);
    }

    [Fact]
    public async Task Nothing_named_gz_is_an_empty_file() =>
        Assert.Equal("empty-file", (await FileFixture.PlanAsync("", name: "x.csv.gz")).Error.Code);

    [Fact]
    public async Task Bomb_stops_at_the_limit()
    {
        var file = await FileFixture.PlanAsync(
            Pack(new byte[10_000_000]), name: "x.csv.gz", limits: new FileLimits { MaxUnpackedBytes = 100_000, MaxCellBytes = 1 << 24 });
        Assert.Equal(
            ("file-too-large",
                "the file: found more than 100000 bytes when unpacked, expected at most that many; split it, or raise the limit "
                + "MaxUnpackedBytes"),
            file.Error);
    }

    internal static byte[] Pack(ReadOnlySpan<byte> text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(text);
        // An empty member: .NET writes nothing at all for it.
        return packed.ToArray() is { Length: > 0 } bytes ? bytes : [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    }
}
