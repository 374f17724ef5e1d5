using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Usage.Core.Files;
using Usage.Core.Files.Rejected;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Values;

namespace Usage.Core.Tests.Files;

public sealed class RejectedCsvTests
{
    private const string Added = "_row,_outcome,_code,_message\r\n";

    [Fact]
    public async Task Columns_and_row_come_back_with_what_is_wrong() => Assert.Equal(
        "\uFEFFid,\"the, name\",mau," + Added
            + "CUST9,\"Zoë \"\"Z\"\"\",N/A,1,partial,not-a-number,\"row 1, column \"\"mau\"\": found \"\"N/A\"\"\"\r\n",
        await RejectAsync("id;the, name;mau\nCUST9;\"Zoë \"\"Z\"\"\";N/A\n", RowOutcome.Partial, "not-a-number",
            "row 1, column \"mau\": found \"N/A\""));

    [Fact]
    public async Task Missing_cells_are_blank_and_surplus_ones_stand_in_the_message()
    {
        Assert.Equal("\uFEFFid,mau," + Added + "1,,1,invalid,wrong-cell-count,few\r\n",
            await RejectAsync("id,mau\n1\n", RowOutcome.Invalid, "wrong-cell-count", "few"));
        Assert.Equal(
            "\uFEFFid,mau," + Added + "1,2,1,invalid,wrong-cell-count,\"many; surplus cells: \"\"3\"\", \"\"=4\"\"\"\r\n",
            await RejectAsync("id,mau\n1,2,3,=4\n", RowOutcome.Invalid, "wrong-cell-count", "many"));
    }

    [Theory]
    [InlineData("=1+2", "'=1+2")]
    [InlineData("@SUM(1)", "'@SUM(1)")]
    [InlineData("-cmd", "'-cmd")]
    [InlineData("+49 30 1234", "'+49 30 1234")]
    [InlineData("  =x", "'  =x")]
    [InlineData("'=x", "''=x")]
    [InlineData("' =x", "'' =x")]
    [InlineData("\tx", "'\tx")]
    [InlineData("-5", "-5")]
    [InlineData("+1,234.5", "\"+1,234.5\"")]
    [InlineData(" -1e9 ", " -1e9 ")]
    [InlineData("-12345678901234567890", "-12345678901234567890")]
    [InlineData("'hello", "'hello")]
    [InlineData("a=b", "a=b")]
    public async Task Formulas_get_a_guard_and_numbers_none(string cell, string written) =>
        Assert.Equal($"\uFEFFid,x,{Added}1,{written},1,unmatched,unmatched,-\r\n",
            await RejectAsync($"id|x\n1|{cell}\n", RowOutcome.Unmatched, "unmatched", "-"));

    [Fact]
    public async Task Broken_bytes_show_as_replacement_characters() => Assert.Equal(
        "\uFEFFid,x," + Added + "1,Zo\uFFFD,1,invalid,bad-encoding,-\r\n",
        Encoding.UTF8.GetString(
            await WriteAsync(
                await FileFixture.PlanAsync(
                    Encoding.Latin1.GetBytes("id,x\n1,Zo\u00eb\n"), FileFixture.Mapping(new FileFormat { Encoding = "utf-8" }))))
                        .Replace("unmatched,unmatched", "invalid,bad-encoding", StringComparison.Ordinal));

    [Fact]
    public async Task Mended_file_is_read_as_comma_and_utf8_whatever_is_declared()
    {
        var mapping = FileFixture.Mapping(new FileFormat { Delimiter = ";", Encoding = "windows-1252" });
        var file = await FileFixture.PlanAsync(
            "\uFEFFid,x,_ROW,_outcome,_code,_message\r\n1,'=Zoë,7,unmatched,unmatched,gone\r\n", mapping);
        Assert.True(file.Plan.Mended);
        Assert.Equal(("utf-8", ',', false), (file.Plan.Encoding, file.Plan.Dialect.Delimiter, file.Plan.Staged));
        using var reader = file.Open(file.Plan.Batches[0]);
        Assert.True(reader.Read());
        Assert.Null(reader.Broken);
        Assert.Equal("=Zoë", Encoding.UTF8.GetString(reader.GetCell(1)));
        Assert.Equal(-1, new ColumnMap(file.Plan).Find("_code"));
    }

    [Fact]
    public async Task Rejected_again_it_has_the_added_columns_once()
    {
        var file = await FileFixture.PlanAsync("id,_row,x,_outcome,_code,_message\n1,7,'=a,unmatched,unmatched,gone\n");
        Assert.Equal("\uFEFFid,x," + Added + "1,'=a,1,unmatched,unmatched,-\r\n", Encoding.UTF8.GetString(await WriteAsync(file)));
    }

    [Fact]
    public async Task Any_cells_come_back_as_they_were()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var rows = NastyText.Make(seed, 80).Replace("\0", "", StringComparison.Ordinal);
            await ComesBackAsync(Encoding.Latin1.GetBytes("id,a,b\n" + rows),
                FileFixture.Mapping(new FileFormat { Delimiter = ",", Encoding = "utf-8" }));
        }
    }

    [Fact]
    public void Any_texts_come_back_as_they_were() => Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>[]>(), texts =>
    {
        var cells = texts.Select(
            t => $"{t.Get.Replace("\"", "\"\"", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal)}\"");
        ComesBackAsync(Encoding.UTF8.GetBytes("id,a,b\n" + string.Concat(cells.Select(c => $"1,\"{c},\"'={c}\n"))),
            FileFixture.Mapping(new FileFormat { Delimiter = ",", Encoding = "utf-8" })).GetAwaiter().GetResult();
    }).QuickCheckThrowOnFailure();

    private static async Task ComesBackAsync(byte[] text, ImportMapping mapping)
    {
        var file = await FileFixture.PlanAsync(text, mapping);
        if (file.Outcome.Plan is null || file.Plan.Rows == 0) return;
        var again = await FileFixture.PlanAsync(await WriteAsync(file), mapping);
        var sound = file.Rows().Where(row => row.Code is null).Select(row => row.Cells);
        var back = again.Rows().Select(row => (row.Code, row.Cells)).ToList();
        Assert.All(back, row => Assert.Null(row.Code));
        Assert.Equal(file.Rows().Count, back.Count);
        Assert.Empty(sound.Except(back.Select(row => string.Join('|', row.Cells.Split('|').SkipLast(4)))));
    }

    private static async Task<string> RejectAsync(string text, RowOutcome outcome, string code, string message) =>
        Encoding.UTF8.GetString(await WriteAsync(await FileFixture.PlanAsync(text), outcome, code, message));

    private static Task<byte[]> WriteAsync(
        PlannedFile file, RowOutcome outcome = RowOutcome.Unmatched, string code = "unmatched", string message = "-")
    {
        using var output = new MemoryStream();
        using (var rejected = new RejectedCsv(file.Plan, output, header: true))
        using (var reader = file.Open(file.Whole))
            while (reader.Read()) rejected.Write(reader, outcome, code, message);
        return Task.FromResult(output.ToArray());
    }
}
