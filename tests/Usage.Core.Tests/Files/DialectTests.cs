using Usage.Core.Values;

namespace Usage.Core.Tests.Files;

public sealed class DialectTests
{
    [Theory]
    [InlineData("id,mau\n1,2\n", ',')]
    [InlineData("id;mau\n1;2\n", ';')]
    [InlineData("id\tmau\n1\t2\n", '\t')]
    [InlineData("id|mau\n1|2\n", '|')]
    [InlineData("id;mau;note\n1;1,5;a,b\n2;2,5;c,d\n", ';')]
    [InlineData("mau;\"id, the customer's\"\n1;\"a,b\"\n", ';')]
    [InlineData("id\n1\n", ',')]
    [InlineData("id\n1,5;3\n2,5;4\n", '\t')] // One column: only so every row is as long as the header.
    [InlineData("\n  \nid;mau\n", ';')]
    [InlineData("\"mau;x,y,z\"|id\n1|2\n", '|')]
    public async Task Delimiter_is_found(string text, char expected) =>
        Assert.Equal(
            expected,
            (await FileFixture.PlanAsync(
                text, FileFixture.Mapping(key: text.Contains("the customer") ? "id, the customer's" : "id"))).Plan.Dialect.Delimiter);

    [Fact]
    public async Task Mapped_names_prove_more_than_regular_rows()
    {
        // Every row has one comma, the semicolons are uneven: but the names are there with semicolons only.
        var file = await FileFixture.PlanAsync("id;a,mau\n1;x,2;3\n2;y,3\n", FileFixture.Mapping(columns: "a,mau"));
        Assert.Equal(';', file.Plan.Dialect.Delimiter);
    }

    [Fact]
    public async Task Name_of_a_tab_separated_file_decides_a_draw()
    {
        var mapping = FileFixture.Mapping(key: "x");
        Assert.Contains("(delimiter tab)", (await FileFixture.PlanAsync("a,b\tc\n", mapping, name: "x.tsv")).Error.Message);
        Assert.Contains("(delimiter \",\")", (await FileFixture.PlanAsync("a,b\tc\n", mapping)).Error.Message);
    }

    [Theory]
    [InlineData(";")]
    [InlineData("tab")]
    [InlineData("\\t")]
    public async Task Declared_delimiter_is_not_doubted(string declared)
    {
        var delimiter = declared == ";" ? ';' : '\t';
        var file = await FileFixture.PlanAsync(
            $"id{delimiter}a,b,c\n1{delimiter}x,y,z\n", FileFixture.Mapping(new FileFormat { Delimiter = declared }));
        Assert.Equal(["id", "a,b,c"], file.Plan.Header);
    }

    [Theory]
    [InlineData("sep=;\r\nid;mau\r\n1;2\r\n")]
    [InlineData("\uFEFFSEP=;\nid;mau\n1;2\n")]
    [InlineData("sep=;\rid;mau\r1;2")]
    public async Task First_line_that_names_the_delimiter_is_no_header(string text)
    {
        var file = await FileFixture.PlanAsync(text);
        Assert.Equal(["id", "mau"], file.Plan.Header);
        Assert.Equal([new ReadRow(1, "1|2", null, null)], file.Rows());
    }

    [Fact]
    public async Task Line_that_names_a_comma_works_though_it_has_one()
    {
        var file = await FileFixture.PlanAsync("sep=,\nid,mau\n1,2\n");
        Assert.Equal([new ReadRow(1, "1|2", null, null)], file.Rows());
    }
}
