using System.Text;
using Usage.Core.Issues;
using Usage.Core.Suggestions;
using Usage.Core.Tests.Files.Workbooks;
using Usage.Core.Values;

namespace Usage.Core.Tests.Suggestions;

public sealed class FirstLinesTests
{
    private static readonly byte[] Workbook = new HandMade().Sheet("<row><c><v>1</v></c></row>")
        .Sheet("<row><c><v>7</v></c></row><row><c><v>8</v></c></row>", "Notes").Bytes();

    [Theory]
    [InlineData("a,b\r\n\"1\n2\", 3 \r\r\nlast", 1, 20, "a,b|\"1|2\", 3 ||last", true)]
    [InlineData("a\nb\nc\n", 1, 2, "a|b", false)]
    [InlineData("a\nb\nc\n", 3, 2, "c", true)]
    [InlineData("a\nb\nc\n", 4, 2, "", true)]
    public async Task Lines_are_as_an_editor_shows_them(string text, int from, int count, string lines, bool complete)
    {
        var found = await LinesAsync(Encoding.UTF8.GetBytes(text), null, from, count);
        Assert.Equal((lines, complete), (string.Join('|', found.Lines.Select(line => line.Text)), found.Complete));
        Assert.Equal(Enumerable.Range(from, found.Lines.Count), found.Lines.Select(line => line.Number));
        Assert.Empty(found.Sheets);
    }

    [Fact]
    public async Task Lines_are_text_in_whatever_encoding_they_are()
    {
        var found = await LinesAsync([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("größe,€\n1,2\n")]);
        Assert.Equal(("utf-16", "größe,€"), (found.Encoding, found.Lines[0].Text));
        Assert.Equal("caf\u00e9", (await LinesAsync([.. "caf"u8, 0xE9, .. "\n1\n"u8])).Lines[0].Text);
    }

    [Fact]
    public async Task Lines_beyond_the_first_megabyte_are_found_and_packed_ones_too()
    {
        var plain = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(1, 90_000).Select(i => $"line {i},and a half\n")));
        Assert.Equal("line 89999,and a half", (await LinesAsync(plain, null, 89_999, 1)).Lines[0].Text);
        Assert.Equal("CUST001,5", (await LinesAsync(SampleTests.Packed("id,mau\n", "CUST001,5\n", 10_000), null, 9_000, 1)).Lines[0].Text);
    }

    [Fact]
    public async Task Long_line_is_cut_between_characters()
    {
        var found = await LinesAsync(Encoding.UTF8.GetBytes(new string('é', 3_000) + "x\nshort\n"));
        Assert.Equal([(2_000, true), (5, false)], found.Lines.Select(line => (line.Text.Length, line.Cut)));
        found = await LinesAsync(Encoding.UTF8.GetBytes("x" + new string('é', 3_000) + "\n"));
        Assert.Equal("x" + new string('é', 1_999), found.Lines[0].Text);
    }

    [Fact]
    public async Task Beginning_of_a_line_that_never_ends_is_shown()
    {
        var found = await LinesAsync(SampleTests.Packed("", new string('a', 1_700), 10_000));
        Assert.Equal((4_000, true), (Assert.Single(found.Lines).Text.Length, found.Lines[0].Cut));
        Assert.False(found.Complete);
    }

    [Fact]
    public async Task Workbook_has_the_lines_of_a_sheet()
    {
        var first = await LinesAsync(Workbook);
        Assert.Equal(["1"], first.Lines.Select(line => line.Text));
        Assert.Equal(["Usage", "Notes"], first.Sheets);
        Assert.Equal(["7", "8"], (await LinesAsync(Workbook, SheetChoice.Of("notes"))).Lines.Select(line => line.Text));
    }

    [Fact]
    public async Task What_has_no_such_lines_says_why()
    {
        var (_, error) = await FirstLines.ReadAsync(new MemoryStream(Workbook), SheetChoice.Of("Nowhere"), 1, 1, default);
        Assert.Equal(IssueCode.MissingColumn, error!.Code);
        (_, error) = await FirstLines.ReadAsync(new MemoryStream("a\n"u8.ToArray()), SheetChoice.Of("Usage"), 1, 1, default);
        Assert.Equal("the file: found no workbook, expected one, since a sheet is asked for", error!.Message);
        (_, error) = await FirstLines.ReadAsync(new MemoryStream("%PDF-1.7\n"u8.ToArray()), null, 1, 1, default);
        Assert.Equal(IssueCode.NotACsv, error!.Code);
    }

    private static async Task<FirstLines> LinesAsync(byte[] file, SheetChoice? sheet = null, int from = 1, int count = 20)
    {
        var (lines, error) = await FirstLines.ReadAsync(new MemoryStream(file), sheet, from, count, default);
        Assert.Null(error);
        return lines!;
    }
}
