using System.Text;
using Usage.Core.Files;
using Usage.Core.Files.Workbooks;

namespace Usage.Core.Tests.Files.Workbooks;

public sealed class WorkbookStartTests
{
    private static readonly byte[] Workbook = new HandMade
    {
        SharedStrings = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"<si><t>text {i:D5}</t></si>")),
    }.Sheet(string.Concat(Enumerable.Range(0, 10_000).Select(i => $"<row><c t=\"s\"><v>{i}</v></c><c><v>{i}</v></c></row>")))
        .Sheet("<row/>", "Notes", "hidden").Bytes();

    [Theory]
    [InlineData(10_000)]
    [InlineData(100_000)]
    [InlineData(300_000)]
    public void First_rows_are_whole_ones_in_their_order(int maxBytes)
    {
        var start = Read(maxBytes);
        Assert.False(start.Complete);
        var rows = Encoding.UTF8.GetString(start.Csv.Span).Split("\r\n");
        Assert.Equal("", rows[^1]);
        Assert.Equal(Enumerable.Range(0, rows.Length - 1).Select(i => $"\"text {i:D5}\",{i}"), rows[..^1]);
        Assert.InRange(start.Csv.Length, maxBytes / 10, maxBytes + 100);
        Assert.InRange(start.BytesRead, maxBytes / 10, maxBytes + (1 << 16));
    }

    [Fact]
    public void All_of_a_small_one_is_its_start()
    {
        var start = Read(16 << 20);
        Assert.True(start.Complete);
        Assert.EndsWith("\"text 09999\",9999\r\n", Encoding.UTF8.GetString(start.Csv.Span));
        Assert.Equal([new WorkbookSheet("Usage", false), new WorkbookSheet("Notes", true)], start.Sheets);
        Assert.Equal("Usage", start.Sheet.Name);
    }

    private static WorkbookStart Read(int maxBytes) =>
        WorkbookStart.Read(new MemoryStream(Workbook), Workbook.AsSpan(0, 100), null, new FileLimits(), maxBytes, CancellationToken.None);
}
