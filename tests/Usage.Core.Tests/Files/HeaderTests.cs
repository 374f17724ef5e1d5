using Usage.Core.Files;
using Usage.Core.Integrations;
using Usage.Core.Values.Columns;

namespace Usage.Core.Tests.Files;

public sealed class HeaderTests
{
    [Fact]
    public async Task Names_are_matched_trimmed_and_ignoring_case()
    {
        var file = await FileFixture.PlanAsync(" ID , Mau\n1,2\n", FileFixture.Mapping(columns: ["mau"]));
        Assert.Equal(["ID", "Mau"], file.Plan.Header);
        Assert.Equal(1, new ColumnMap(file.Plan).Find(" MAU "));
        Assert.Equal(-1, new ColumnMap(file.Plan).Find("dau"));
    }

    [Fact]
    public async Task Missing_columns_are_named_with_those_that_are_there()
    {
        var file = await FileFixture.PlanAsync("customer;mau\n1;2\n", FileFixture.Mapping(columns: ["MAU", "dau"]));
        Assert.Equal(("missing-column", "header: found the columns \"customer\", \"mau\" (delimiter \";\"), expected \"id\", \"dau\" too"),
            file.Error);
        var issue = Assert.Single(file.Outcome.Issues);
        Assert.Equal(["id", "dau"], issue.Samples.Select(s => s.Column));
        Assert.Equal("header: found the columns \"customer\", \"mau\" (delimiter \";\"), expected \"dau\" too", issue.Samples[1].Message);
    }

    [Fact]
    public async Task Column_that_is_there_twice_fails_only_if_it_is_mapped()
    {
        Assert.Equal(2, (await FileFixture.PlanAsync("id,x,X\n1,2,3\n2,3,4\n")).Plan.Rows);
        var file = await FileFixture.PlanAsync("id,x,X\n1,2,3\n", FileFixture.Mapping(columns: ["x"]));
        Assert.Equal(("duplicate-column", "header: found \"x\" as columns 2, 3, expected it once, since it is mapped"), file.Error);
    }

    [Fact]
    public async Task White_space_and_invisible_characters_hide_no_column()
    {
        var file = await FileFixture.PlanAsync(
            "\uFEFF\u200bid,\"Monthly\r\n Active\u00a0 Users\u200b\"\n1,2\n",
            FileFixture.Mapping(columns: ["monthly  active\nusers "]));
        Assert.Equal(["id", "Monthly Active Users"], file.Plan.Header);
        Assert.Equal(1, new ColumnMap(file.Plan).Find(" MONTHLY ACTIVE USERS"));
    }

    [Fact]
    public async Task Of_several_names_the_one_that_the_header_has_is_the_column()
    {
        var mau = ColumnNames.List(["MAU", "users"]);
        var found = await FileFixture.PlanAsync("id,Users\n1,2\n", With(mau));
        Assert.Equal((1, "users"), (new ColumnMap(found.Plan).Find(mau), new ColumnMap(found.Plan).NameOf(mau)));

        var both = await FileFixture.PlanAsync("id,users,x,mau\n1,2,3,4\n", With(mau));
        Assert.Equal(
            ("duplicate-column", "header: found \"MAU\" and \"users\" as columns 2, 4, expected one of them, since it is mapped"),
            both.Error);

        var none = await FileFixture.PlanAsync("id,x\n1,2\n", With(mau));
        Assert.Equal(("missing-column",
            "header: found the columns \"id\", \"x\" (delimiter \",\"), expected \"MAU\" or \"users\" too"), none.Error);
    }

    [Theory]
    [InlineData("id")]
    [InlineData("id,mau\n")]
    [InlineData("\"id\"\r\n\r\n  \n")]
    public async Task Header_only_is_a_file_of_no_rows(string text)
    {
        var plan = (await FileFixture.PlanAsync(text)).Plan;
        Assert.Equal(0, plan.Rows);
        Assert.Empty(plan.Batches);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData(" \r\n\t\n")]
    [InlineData("sep=;\n")]
    public async Task Nothing_but_white_space_is_an_empty_file(string text) =>
        Assert.Equal(("empty-file", "the file: found nothing but white space, expected a header row"),
            (await FileFixture.PlanAsync(text)).Error);

    private static ImportMapping With(ColumnNames column)
    {
        var mapping = FileFixture.Mapping(columns: ["x"]);
        var product = mapping.Products[0];
        return mapping with { Products = [product with { Dimensions = [product.Dimensions[0] with { Column = column }] }] };
    }
}
