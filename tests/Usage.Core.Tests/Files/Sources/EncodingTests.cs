using System.Text;
using Usage.Core.Values;

namespace Usage.Core.Tests.Files.Sources;

public sealed class EncodingTests
{
    private const string Text = "id,name\r\n1,Zoë €\r\n2,\U0001F600\r\n";
    private static readonly string[] Names = ["1|Zoë €", "2|\U0001F600"];

    [Fact]
    public async Task Utf8_is_read_in_place() => await ReadsAsync(Encoding.UTF8.GetBytes(Text), Names, "utf-8", staged: false);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Byte_order_mark_is_no_part_of_the_first_column(int marks) =>
        await ReadsAsync(Encoding.UTF8.GetBytes(new string('\uFEFF', marks) + "\"id\"" + Text[2..]), Names, "utf-8", staged: false);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Utf16_with_its_mark_is_staged_whatever_is_declared(bool bigEndian)
    {
        var encoding = new UnicodeEncoding(bigEndian, byteOrderMark: true);
        await ReadsAsync([.. encoding.GetPreamble(), .. encoding.GetBytes(Text)], Names, "utf-16", staged: true, declared: "windows-1252");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Utf16_without_a_mark_is_read_when_declared(bool bigEndian) =>
        await ReadsAsync(new UnicodeEncoding(bigEndian, byteOrderMark: false).GetBytes(Text), Names, "utf-16", staged: true,
            declared: "UTF-16");

    [Theory]
    [InlineData("utf-16")]
    [InlineData("windows-1252")]
    public async Task Mark_of_utf8_wins_over_what_is_declared(string declared) =>
        await ReadsAsync(Encoding.UTF8.GetBytes("\uFEFF" + Text), Names, "utf-8", staged: false, declared: declared);

    [Fact]
    public async Task Windows_1252_is_read_when_declared() =>
        await ReadsAsync(Windows1252("id,name\n1,Zo\u00eb €\n"), ["1|Zoë €"], "windows-1252", staged: true, declared: "windows-1252");

    [Fact]
    public async Task Bytes_that_are_not_utf8_are_read_as_windows_1252_with_a_warning()
    {
        var file = await ReadsAsync(Windows1252("id,name\n1,Zo\u00eb €\n"), ["1|Zoë €"], "windows-1252", staged: true);
        var warning = Assert.Single(file.Plan.Warnings);
        Assert.Equal(("read-as-windows-1252", Core.Issues.Severity.Warning), (warning.Code, warning.Severity));
        Assert.Equal(
            "byte 13 of the text (0xEB) is not UTF-8, so the file was read as Windows-1252; "
                + "declare the integration's file.encoding if it is another",
            warning.Samples[0].Message);
    }

    [Fact]
    public async Task Warning_counts_bytes_across_chunks()
    {
        byte[] bytes = [.. "id\nsome letters\n"u8, 0xf0, 0x9f];
        for (var chunk = 1; chunk <= bytes.Length; chunk++)
        {
            var file = await FileFixture.PlanAsync(bytes, chunk: chunk);
            Assert.StartsWith("byte 17 of the text (0xF0) is not UTF-8", file.Plan.Warnings[0].Samples[0].Message);
        }
    }

    [Fact]
    public async Task Declared_utf8_makes_a_broken_row_of_broken_bytes()
    {
        var file = await FileFixture.PlanAsync(Encoding.Latin1.GetBytes("id,name\n1,Zo\u00eb\n2,Max\n"), Mapping("utf-8"));
        var rows = file.Rows();
        Assert.Equal("bad-encoding", rows[0].Code);
        Assert.Equal(
            "row 1, column \"name\": found bytes that are no UTF-8 in \"Zo\uFFFD\", expected UTF-8 throughout: 1,Zo\uFFFD",
            rows[0].Message);
        Assert.Null(rows[1].Code);
        Assert.Empty(file.Plan.Warnings);
    }

    [Theory]
    [InlineData("id,name\n1,Zo\u00eb\n2,Caf", "é", "bad-encoding", null)]
    [InlineData("id,name\n1,é\n2,Caf", "\u00eb", null, "bad-encoding")]
    public async Task Any_valid_sequence_of_several_bytes_makes_a_file_utf8(string start, string last, string? first, string? second)
    {
        // Letters of one byte are no UTF-8, é written in two is; what comes first doesn't matter, nor how far away the other is.
        var far = string.Concat(Enumerable.Repeat("3,ascii\n", 50_000));
        byte[] One(string text) => [.. text.SelectMany(c => c == 'é' ? Encoding.UTF8.GetBytes("é") : [(byte)c])];
        byte[] bytes = [.. One(start[..start.IndexOf("2,", StringComparison.Ordinal)]), .. One(far), .. One($"2,Caf{last}\n")];
        var file = await FileFixture.PlanAsync(bytes);
        Assert.Equal(("utf-8", false), (file.Plan.Encoding, file.Plan.Staged));
        Assert.Empty(file.Plan.Warnings);
        var rows = file.Rows();
        Assert.Equal((first, second), (rows[0].Code, rows[^1].Code));
        Assert.All(rows.Skip(1).SkipLast(1), row => Assert.Null(row.Code));
    }

    [Fact]
    public async Task Byte_order_mark_declares_utf8_too()
    {
        var file = await FileFixture.PlanAsync([0xef, 0xbb, 0xbf, .. Encoding.Latin1.GetBytes("id,name\n1,Zo\u00eb\n")]);
        Assert.Equal("bad-encoding", file.Rows()[0].Code);
    }

    [Fact]
    public async Task Half_a_surrogate_pair_makes_a_broken_row()
    {
        var file = await FileFixture.PlanAsync(
            [0xff, 0xfe, .. Encoding.Unicode.GetBytes("id,name\n1,a"), 0x3d, 0xd8, .. Encoding.Unicode.GetBytes("b\n2,Max\n3,odd"), 0x41]);
        var rows = file.Rows();
        Assert.Equal(["bad-encoding", null, "bad-encoding"], rows.Select(r => r.Code));
        Assert.Equal(
            "row 1, column \"name\": found bytes that are no UTF-16 in \"a\uFFFDb\", expected UTF-16 throughout: 1,a\uFFFDb",
            rows[0].Message);
    }

    private static async Task<PlannedFile> ReadsAsync(
        byte[] bytes, string[] expected, string encoding, bool staged, string? declared = null)
    {
        PlannedFile file = null!;
        foreach (var chunk in new[] { 1, 3, int.MaxValue })
        {
            file = await FileFixture.PlanAsync(bytes, Mapping(declared), chunk: chunk);
            Assert.Equal((encoding, staged), (file.Plan.Encoding, file.Plan.Staged));
            Assert.Equal(expected, file.Rows().Select(r => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(r.Cells))));
            Assert.All(file.Rows(), row => Assert.Null(row.Code));
        }
        return file;
    }

    private static Core.Integrations.ImportMapping Mapping(string? declared) =>
        FileFixture.Mapping(new FileFormat { Encoding = declared }, columns: "name");

    private static byte[] Windows1252(string text) => CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(text);
}
