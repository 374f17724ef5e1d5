using System.IO.Compression;
using System.Text;
using Usage.Core.Files;

namespace Usage.Core.Tests.Files.Workbooks;

/// <summary>Small files that would become large ones: each is refused by a limit, in little memory.</summary>
public sealed class BombTests
{
    private const string Id = "<row r=\"1\"><c t=\"inlineStr\"><is><t>id</t></is></c></row>";

    [Fact]
    public async Task Part_that_unpacks_to_too_much()
    {
        var sheet = Id + string.Concat(Enumerable.Repeat("<row/>", 200_000));
        await IsRefusedAsync(
            new HandMade().Sheet(sheet), "file-too-large", "found more than 1000000 bytes in \"xl/worksheets/sheet1.xml\" when unpacked",
            new FileLimits { MaxUnpackedBytes = 1_000_000 });
    }

    [Fact]
    public async Task Text_that_many_cells_share()
    {
        var cells = string.Concat(Enumerable.Repeat("<row><c t=\"s\"><v>0</v></c></row>", 1000));
        var workbook = new HandMade { SharedStrings = $"<si><t>{new string('x', 10_000)}</t></si>" }.Sheet(Id + cells);
        await IsRefusedAsync(
            workbook, "file-too-large", "found cells of more than 1000000 bytes as CSV", new FileLimits { MaxUnpackedBytes = 1_000_000 });
    }

    [Fact]
    public async Task Too_many_different_texts()
    {
        var workbook = new HandMade { SharedStrings = string.Concat(Enumerable.Range(0, 1000).Select(i => $"<si><t>text {i}</t></si>")) };
        await IsRefusedAsync(
            workbook.Sheet(Id), "file-too-large", "found different texts of more than 5000 bytes",
            new FileLimits { MaxSharedStringBytes = 5000 });
    }

    [Fact]
    public async Task Text_that_is_too_long() => await IsRefusedAsync(
        new HandMade().Sheet($"{Id}<row><c t=\"inlineStr\"><is><t>{new string('x', 2000)}</t></is></c></row>"), "cell-too-long",
        "found a text of more than 1000 bytes", new FileLimits { MaxCellBytes = 1000 });

    [Fact]
    public async Task Row_that_is_too_long()
    {
        var cells = string.Concat(Enumerable.Repeat($"<c t=\"inlineStr\"><is><t>{new string('x', 999)}</t></is></c>", 17));
        await IsRefusedAsync(
            new HandMade().Sheet($"{Id}<row>{cells}</row>"), "cell-too-long", "cell P2: found a row up to there of more than 16000 bytes",
            new FileLimits { MaxCellBytes = 1000 });
    }

    [Theory]
    [InlineData("<c r=\"ALM2\"><v>1</v></c>", "too-many-columns", "found cell ALM2, expected nothing beyond 1000 columns")]
    [InlineData("<c r=\"XFE2\"><v>1</v></c>", "not-a-csv", "a cell \"XFE2\" in row 2 where it can't be")]
    [InlineData("<c r=\"AAAAAAAAAAAAAAAA2\"/>", "not-a-csv", "where it can't be")]
    public Task Columns_beyond_the_last(string cell, string code, string message) =>
        IsRefusedAsync(new HandMade().Sheet($"{Id}<row r=\"2\">{cell}</row>"), code, message);

    [Fact]
    public async Task A_million_cells_in_a_row() => await IsRefusedAsync(
        new HandMade().Sheet($"{Id}<row>{string.Concat(Enumerable.Repeat("<c/>", 1_000_000))}</row>"), "not-a-csv",
        "too many cells in row 2");

    [Fact]
    public async Task Rows_beyond_the_last() => await IsRefusedAsync(
        new HandMade().Sheet($"{Id}<row r=\"1048577\"/>"), "not-a-csv", "row 1048577 behind row 1");

    [Fact]
    public async Task Entities_of_its_own()
    {
        const string Dtd = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
        await IsRefusedAsync(new HandMade().SheetXml($"{Dtd}<worksheet><sheetData>&b;</sheetData></worksheet>"), "not-a-csv", "DTD");
    }

    [Theory]
    [InlineData("<!DOCTYPE x SYSTEM \"http://127.0.0.1:1/x.dtd\"><worksheet/>", "DTD")]
    [InlineData("DEEP", "XML of more than 64 levels")]
    [InlineData("ATTRIBUTE", "XML with a node of more than 2097152 bytes")]
    [InlineData("CDATA", "XML with a node of more than 2097152 bytes")]
    [InlineData("NAMES", "XML with more than 10000 different names")]
    public async Task Xml_that_would_fill_memory(string kind, string message)
    {
        var xml = kind switch
        {
            "DEEP" => string.Concat(Enumerable.Repeat("<a>", 100_000)),
            "ATTRIBUTE" => $"<worksheet a=\"{new string('x', 3 << 20)}\"/>",
            "CDATA" => $"<worksheet><a><![CDATA[{string.Concat(Enumerable.Repeat("<<<<", 1 << 20))}]]></a></worksheet>",
            "NAMES" => $"<worksheet>{string.Concat(Enumerable.Range(0, 20_000).Select(i => $"<a{i}/>"))}</worksheet>",
            _ => kind,
        };
        await IsRefusedAsync(new HandMade().SheetXml(xml), "not-a-csv", message);
    }

    [Fact]
    public async Task Directory_of_a_hundred_thousand_files()
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            for (var i = 0; i < 100_000; i++) zip.CreateEntry($"xl/worksheets/sheet{i}.xml", CompressionLevel.NoCompression);
        var error = (await FileFixture.PlanAsync(file.ToArray())).Error;
        Assert.Equal("not-a-csv", error.Code);
        Assert.Contains("a directory of more than 4194304 bytes", error.Message);
    }

    [Fact]
    public async Task Workbook_that_is_too_large() => await IsRefusedAsync(
        new HandMade().Sheet(Id), "file-too-large", "expected at most 1000; save the sheet as CSV",
        new FileLimits { MaxWorkbookBytes = 1000 });

    [Fact]
    public async Task Comments_are_not_kept()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        await IsRefusedAsync(
            new HandMade().SheetXml($"<worksheet><!--{new string('x', 3 << 20)}--></worksheet>"), "not-a-csv", "a node of more than");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
    }

    private static async Task IsRefusedAsync(HandMade workbook, string code, string message, FileLimits? limits = null)
    {
        var error = (await FileFixture.PlanAsync(workbook.Bytes(), limits: limits)).Error;
        Assert.Equal(code, error.Code);
        Assert.Contains(message, error.Message);
        Assert.True(Encoding.UTF8.GetByteCount(error.Message) < 500, error.Message);
    }
}
