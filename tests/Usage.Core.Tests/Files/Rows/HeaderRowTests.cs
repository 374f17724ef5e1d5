using Usage.Core.Issues;
using Usage.Core.Values;

namespace Usage.Core.Tests.Files.Rows;

public sealed class HeaderRowTests
{
    [Theory]
    [InlineData("Usage by customer\nPeriod,2024-10\n\nExported,by job,\"two\nlines\"\nid,mau\n1,2\n", 3)]
    [InlineData("Report; of October\n;;\nid;mau\n1;2\n", 1)]
    [InlineData("sep=|\nReport\nid|mau\n1|2", 1)]
    [InlineData("id,users\nmau,id\n2,1\n", 1)]
    public async Task First_row_that_has_all_mapped_columns_is_the_header(string text, int above)
    {
        var file = await FileFixture.PlanAsync(text, FileFixture.Mapping(columns: "mau"), batchBytes: 1);
        Assert.Equal(["id", "mau"], file.Plan.Header.Order());
        Assert.Equal(1, Assert.Single(file.Rows()).Row);
        var ignored = Assert.Single(file.Plan.Ignored);
        Assert.Equal(("above the header", above), (ignored.Why, ignored.Count));
    }

    [Fact]
    public async Task Lines_above_are_shown_with_their_numbers() => Assert.Equal(
        [new IgnoredSample(2, "Period,2024-10"), new IgnoredSample(4, "Exported,\"two\\nlines\"")],
        (await FileFixture.PlanAsync("\nPeriod,2024-10\n,\nExported,\"two\nlines\"\nid,mau\n", FileFixture.Mapping(columns: "mau")))
            .Plan.Ignored[0].Samples);

    [Theory]
    [InlineData(49, true)]
    [InlineData(50, false)]
    public async Task Fifty_rows_are_looked_at(int above, bool found)
    {
        var text = string.Concat(Enumerable.Range(0, above).Select(i => $"note {i},x,y\n\n")) + "id,mau\n1,2\n";
        var file = await FileFixture.PlanAsync(text, FileFixture.Mapping(columns: "mau"));
        if (found) Assert.Equal((1L, (long)above), (file.Plan.Rows, file.Plan.Ignored[0].Count));
        else Assert.StartsWith("header: found the columns \"note 0\", \"x\", \"y\"", file.Error.Message);
    }

    [Fact]
    public async Task What_is_most_like_a_header_is_told_when_none_is() => Assert.Equal(
        ("missing-column", "header: found the columns \"id\", \"users\" (delimiter \";\"), expected \"mau\" too"),
        (await FileFixture.PlanAsync("Report, of October\nid;users\n1;2\n", FileFixture.Mapping(columns: "mau"))).Error);

    [Theory]
    [InlineData("id,mau\nkey,users\nmau,id\n2,1\n", 3, "mau,id")]
    [InlineData("id,mau\n\nmau,id\n2,1\n", 3, "mau,id")]
    [InlineData("\"a\nb\",c\nmau,id\n2,1\n", 3, "mau,id")]
    [InlineData("id,mau\r\n\r\n\r\nmau,id\r\n2,1\r\n", 3, "mau,id")]
    [InlineData("sep=,\nmau,id\n2,1\n", 2, "mau,id")]
    [InlineData("sep=,\nmau,id\n2,1\n", 1, "mau,id")]
    public async Task Declared_line_is_the_header(string text, int line, string header)
    {
        var mapping = FileFixture.Mapping(new FileFormat { HeaderRow = line }, columns: "mau");
        var file = await FileFixture.PlanAsync(text, mapping);
        Assert.Equal(header, string.Join(',', file.Plan.Header));
        Assert.Equal([new ReadRow(1, "2|1", null, null)], file.Rows());
    }

    [Fact]
    public async Task Declared_line_is_not_doubted()
    {
        var mapping = FileFixture.Mapping(new FileFormat { HeaderRow = 2 }, columns: "mau");
        Assert.Contains("found the columns \"1\", \"2\"", (await FileFixture.PlanAsync("id,mau\n1,2\n", mapping)).Error.Message);
        Assert.Equal(
            ("missing-column", "header: found the file's end before line 2, expected the header there (the integration's file.headerRow)"),
            (await FileFixture.PlanAsync("id,mau\n\n", mapping)).Error);
    }

    [Theory]
    [InlineData("\"Report\nof October\",\nid,mau\n1,2\n", 2, 1)]
    [InlineData("\"Report\rof\rOctober\",\r\rid,mau\r1,2\r", 3, 1)]
    [InlineData("x\r\n\r\n\"Report\r\nof\r\nOctober\",\r\n\r\nid,mau\r\n1,2\r\n", 5, 3)]
    public async Task Line_inside_of_a_row_is_no_header(string text, int line, int begun)
    {
        var found = $"line {line} to be inside of the row that begins on line {begun}";
        var mapping = FileFixture.Mapping(new FileFormat { HeaderRow = line }, columns: "mau");
        var file = await FileFixture.PlanAsync(text, mapping);
        Assert.Equal(
            ("missing-column", $"header: found {found}, expected the header there (the integration's file.headerRow)"), file.Error);
        Assert.Equal("missing-column", Assert.Single(file.Outcome.Issues).Code);
    }

    [Fact]
    public async Task Rejected_files_header_is_its_first_row()
    {
        var mapping = FileFixture.Mapping(new FileFormat { HeaderRow = 3 }, columns: "mau");
        Assert.Equal(2, (await FileFixture.PlanAsync("id,mau,_row\n1,2,5\n2,3,6\n", mapping)).Plan.Rows);
    }
}
