using System.Text;
using Usage.Core.Values;

namespace Usage.Core.Tests.Files;

public sealed class BrokenRowTests
{
    [Theory]
    [InlineData("1", "wrong-cell-count", "row 1: found 1 cell, expected 3 as in the header: 1")]
    [InlineData("1,2,3, ,x", "wrong-cell-count", "row 1: found 5 cells, expected 3 as in the header: 1,2,3, ,x")]
    [InlineData("1, \"2,3\",4", "wrong-cell-count",
        "row 1: found 4 cells, expected 3 as in the header (a space before a quote makes the quotes part of the cell): 1, \"2,3\",4")]
    [InlineData("1,\"Acme\" Inc,3", "malformed-quote",
        "row 1, column \"name\": found text after the closing quote of \"Acme\" Inc, expected the cell's end there (a quote inside a "
            + "quoted cell is written twice): 1,\"Acme\" Inc,3")]
    [InlineData("1,\"a\"b", "malformed-quote",
        "row 1, column \"name\": found text after the closing quote of \"a\"b, expected the cell's end there (a quote inside a quoted cell "
            + "is written twice): 1,\"a\"b")]
    [InlineData("1,a\0b,3", "nul-byte",
        "row 1, column \"name\": found a NUL byte in \"a\\u0000b\", expected text without it: 1,a\\u0000b,3")]
    [InlineData("1,2,\0", "nul-byte",
        "row 1, column 3: found a NUL byte in \"\\u0000\", expected text without it: 1,2,\\u0000")]
    public async Task Broken_row_says_what_was_found_and_expected(string row, string code, string message)
    {
        var file = await FileFixture.PlanAsync($"id,name,\n{row}\n2,x,y\n");
        Assert.Equal((code, message), (file.Rows()[0].Code, file.Rows()[0].Message));
        Assert.Equal(new ReadRow(2, "2|x|y", null, null), file.Rows()[1]);
    }

    [Theory]
    [InlineData("1,a\"b,3", "1|a\"b|3")]
    [InlineData("1, \"x\",3", "1|\"x\"|3")]
    [InlineData("1,\"x\"  ,3", "1|x|3")]
    [InlineData("1,\"a \"\"b\"\"\",3", "1|a \"b\"|3")]
    [InlineData("1,\"a\r\nb\rc\",3", "1|a\r\nb\rc|3")]
    [InlineData("\"1\",\" \",", "1||")]
    [InlineData("1,2,3,, ,\"\"", "1|2|3|||")]
    public async Task Row_is_sound(string row, string cells) =>
        Assert.Equal(new ReadRow(1, cells, null, null), Assert.Single((await FileFixture.PlanAsync($"id,name,x\n{row}")).Rows()));

    [Fact]
    public async Task Blank_lines_are_no_rows()
    {
        var file = await FileFixture.PlanAsync("\n \nid;name\n\n1;a\r\n \t\u00a0\n\r\r2;b\n;\n\"\" ; \u00a0;\n  ");
        Assert.Equal([new ReadRow(1, "1|a", null, null), new ReadRow(2, "2|b", null, null)], file.Rows());
    }

    [Theory]
    [InlineData("\u001a")]
    [InlineData("\n\u001a")]
    [InlineData("\0\0\0\0\0")]
    [InlineData("\u001a\0\0\u001a\0\0\0")]
    [InlineData("\r\n\u001a\r\n")]
    [InlineData("\0\u001a\n\0\r\n\u001a")]
    public async Task Nul_and_ctrl_z_at_the_very_end_are_nothing(string end)
    {
        foreach (var chunk in new[] { 1, 2, 5, int.MaxValue })
        {
            var file = await FileFixture.PlanAsync(
                Encoding.UTF8.GetBytes($"id,n\n1,2\n\0,\u001a\0\0\n3,4{end}"), batchBytes: 1, chunk: chunk);
            Assert.Equal(["nul-byte", null], file.Rows().Skip(1).Select(row => row.Code));
            Assert.Equal("3|4", file.Rows()[2].Cells);
        }
    }

    [Theory]
    [InlineData("id,n\n1,2\n\u001a\n3,4\n", null, "wrong-cell-count", null)]
    [InlineData("id,n\n1,2\n3,4\0\r\n", null, "nul-byte")]
    public async Task What_lines_follow_or_end_is_no_padding(string text, params string?[] codes)
    {
        foreach (var chunk in new[] { 1, 2, 5, int.MaxValue })
            Assert.Equal(codes, (await FileFixture.PlanAsync(Encoding.UTF8.GetBytes(text), batchBytes: 1, chunk: chunk))
                .Rows().Select(row => row.Code));
    }

    [Fact]
    public async Task Missing_cells_are_blank_where_that_is_declared()
    {
        var mapping = FileFixture.Mapping(new FileFormat { Delimiter = ",", MissingCells = MissingCells.Blank });
        var rows = (await FileFixture.PlanAsync("id,a,b\n1\n2,x\n3,x,y,z\n", mapping)).Rows();
        Assert.Equal([null, null, "wrong-cell-count"], rows.Select(row => row.Code));
    }

    [Fact]
    public async Task Message_shows_so_much_of_the_row_only()
    {
        var row = (await FileFixture.PlanAsync($"id,a\n1,{new string('x', 300)},2\n")).Rows()[0];
        Assert.EndsWith($": 1,{new string('x', 198)}…", row.Message);
    }

    [Fact]
    public async Task Line_of_tabs_is_blank_even_where_tabs_delimit() =>
        Assert.Equal([new ReadRow(1, "1|a", null, null)], (await FileFixture.PlanAsync("id\tname\n\t\n1\ta\n\t\t\t\n")).Rows());

    [Fact]
    public async Task Broken_rows_prove_nothing_about_dates()
    {
        var mapping = FileFixture.Mapping(new FileFormat { Delimiter = "," }, date: "day");
        var undecided = await FileFixture.PlanAsync("id,day\n1,03/04/2024\n2,15/10/2024,surplus\n", mapping);
        Assert.Equal("date-order-undecided", undecided.Error.Code);
        Assert.Equal(1, Assert.Single(undecided.Outcome.Issues).Samples[0].Row);
        Assert.Equal(2, undecided.Outcome.Rows);
        Assert.NotNull(undecided.Outcome.Sha256);

        var decided = await FileFixture.PlanAsync("id,day\n1,03/04/2024\n2,15/10/2024\n", mapping);
        Assert.Equal(Core.Values.Dates.DateOrder.DayFirst, decided.Plan.DateOrders["day"]);
    }
}
