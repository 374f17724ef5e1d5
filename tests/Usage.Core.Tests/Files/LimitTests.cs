using System.Text;
using Usage.Core.Files;
using Usage.Core.Values;

namespace Usage.Core.Tests.Files;

public sealed class LimitTests
{
    private static readonly FileLimits Small = new() { MaxCellBytes = 1000, MaxColumns = 5, MaxRows = 3, MaxFileBytes = 2_000_000 };

    [Fact]
    public async Task File_too_large() => await FailsAsync("id\n" + new string('\n', 2_000_000), "file-too-large",
        "the file: found more than 2000000 bytes, expected at most that many; split it, or raise the limit MaxFileBytes");

    [Fact]
    public async Task Too_many_rows()
    {
        Assert.Equal(3, (await FileFixture.PlanAsync("id\n1\n2\n3\n", limits: Small)).Plan.Rows);
        await FailsAsync("id\n1\n2\n3\n4\n", "too-many-rows",
            "the file: found more than 3 rows, expected at most that many; split it, or raise the limit MaxRows");
    }

    [Fact]
    public async Task Too_many_columns() =>
        await FailsAsync("id,a,b,c,d,e\n", "too-many-columns", "header: found 6 columns, expected at most 5 (limit MaxColumns)");

    [Theory]
    [InlineData(1001)]
    [InlineData(15_000)]
    [InlineData(500_000)]
    public async Task Cell_too_long(int length)
    {
        const string Message = "row 2, column \"a\": found a cell of more than 1000 bytes, expected at most that many (limit MaxCellBytes)";
        var issue = await FailsAsync($"id,a,b\n1,2,3\n2,{new string('x', length)},3\n", "cell-too-long", Message);
        Assert.Equal((2, "a"), (issue.Row, issue.Column));
        await FailsAsync($"id,a,b\n1,2,3\n2,\"{new string('\n', length)}\",3\n", "cell-too-long", Message);
        await FailsAsync($"id,a,b\n1,2,3\n2,\"{new string('"', length * 2)}\",3\n", "cell-too-long", Message);
    }

    [Fact]
    public async Task Longest_cell_is_read()
    {
        var cell = new string('"', 2000);
        var file = await FileFixture.PlanAsync($"id,a\n1,\"{cell}\"\n", limits: Small);
        Assert.Equal(1000, file.Rows()[0].Cells.Length - 2);
    }

    [Fact]
    public async Task Row_too_long() => await FailsAsync(
        "id,a\n1," + string.Join(',', Enumerable.Repeat(new string('x', 900), 200)) + "\n2,3\n", "cell-too-long",
        "row 1: found a row of more than 16000 bytes, expected at most that many (16 times the limit MaxCellBytes)");

    [Theory]
    [InlineData("")]
    [InlineData("x\n3,4,5")]
    public async Task Unclosed_quote_at_the_end(string rest)
    {
        var issue = await FailsAsync($"id,a,b\n1,2,3\n2,\"{rest}", "unclosed-quote",
            "row 2, column \"a\": found a quote that is never closed, expected a second one at the cell's end; rows behind it may have "
                + "been swallowed, so nothing is recorded");
        Assert.Equal((2, "a"), (issue.Row, issue.Column));
    }

    [Fact]
    public async Task Unclosed_quote_before_more_than_memory_is_told_from_a_long_cell()
    {
        var rows = string.Concat(Enumerable.Repeat("3,4,5\n", 20_000));
        const string Message = "row 1, column \"a\": found a quote that is never closed, expected a second one at the cell's end; rows "
            + "behind it may have been swallowed, so nothing is recorded";
        await FailsAsync($"id,a,b\n1,\"2,3\n{rows}", "unclosed-quote", Message);
        await FailsAsync($"id,a,b\n1,\"2,3\n{rows}7,\"Acme\",9\n{rows}", "unclosed-quote", Message);
        await FailsAsync($"id,a,b\n1,\"2,3\n{rows[..6000]}7,\"Acme\",9\n", "unclosed-quote", Message);
    }

    [Theory]
    [InlineData("id,a,b\n1,2,3\n\"# note\n2,3,4\n3,4,5\n", "row 2, column \"id\"")]
    [InlineData("id,a,b\n1,2,3\n#,\"note", "row 2, column \"a\"")]
    [InlineData("\"# note\nid,a,b\n1,2,3\n", "header, column 1")]
    public async Task Unclosed_quote_of_a_row_that_is_ignored(string text, string where)
    {
        var mapping = FileFixture.Mapping(new FileFormat { Delimiter = ",", IgnoreRows = [new() { StartsWith = "#" }] }, columns: "a");
        var file = await FileFixture.PlanAsync(text, mapping, limits: Small);
        Assert.Equal(("unclosed-quote", true), (file.Error.Code, file.Error.Message.StartsWith(where, StringComparison.Ordinal)));
        Assert.Empty(file.Outcome.Ignored);
    }

    [Fact]
    public async Task Unclosed_quote_in_the_header() => await FailsAsync("id,\"a,b\n1,2,3\n", "unclosed-quote",
        "header, column 2: found a quote that is never closed, expected a second one at the cell's end; rows behind it may have been "
            + "swallowed, so nothing is recorded");

    private static async Task<Core.Issues.IssueSample> FailsAsync(string text, string code, string message)
    {
        var file = await FileFixture.PlanAsync(Encoding.UTF8.GetBytes(text), limits: Small);
        Assert.Equal((code, message), file.Error);
        var issue = Assert.Single(file.Outcome.Issues);
        Assert.Equal(code, issue.Code);
        return Assert.Single(issue.Samples);
    }
}
