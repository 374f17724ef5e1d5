using Usage.Core.Files;
using Usage.Core.Ids;
using Usage.Core.Integrations;

namespace Usage.Core.Tests.Files.Shapes;

public sealed class WideHeaderTests
{
    [Fact]
    public async Task The_header_is_the_row_that_has_dates_beside_the_key()
    {
        var file = await FileFixture.PlanAsync("id;notes\nOctober;\nid;2024-07;2024-08;Total\n1;2;3;5\n", Wide("yyyy-MM"));
        Assert.Equal(["id", "2024-07", "2024-08", "Total"], file.Plan.Header);
        Assert.Equal(2, Assert.Single(file.Plan.Ignored).Count);
    }

    [Fact]
    public async Task Without_a_date_the_header_is_told() => Assert.Equal(
        ("missing-column",
            "header: found the columns \"id\", \"Jul 2024\" (delimiter \",\"), expected a column called by a date as yyyy-MM too"),
        (await FileFixture.PlanAsync("id,Jul 2024\n1,2\n", Wide("yyyy-MM"))).Error);

    [Fact]
    public async Task Two_columns_of_one_date_are_told_with_their_places()
    {
        var file = await FileFixture.PlanAsync("id,2024-7,2024-8,2024-07,2024-08,2024-7\n1,2,3,4,5,6\n", Wide("yyyy-M"));
        Assert.Equal(
            ("duplicate-column",
                "header: found \"2024-7\" as column 2 and \"2024-07\" as column 4 and \"2024-7\" as column 6, expected one column for "
                    + "2024-07-01; header: found \"2024-8\" as column 3 and \"2024-08\" as column 5, expected one column for 2024-08-01"),
            file.Error);
        Assert.Equal(["2024-7", "2024-8"], file.Outcome.Issues.Single().Samples.Select(sample => sample.Column));
    }

    [Theory]
    [InlineData("MMM yyyy", "Jul  2024,AUG 2024")]
    [InlineData("quarter", "Q1 2024,2024-Q3")]
    [InlineData("iso-week", "2024-W07,2024-W08")]
    [InlineData("'users ('yyyy-MM')'", "users (2024-07),users (2024-08)")]
    public async Task Dates_are_written_in_any_format_with_a_year(string format, string dates) =>
        Assert.NotNull((await FileFixture.PlanAsync($"id,{dates},2024,x\n1,2,3,4,5\n", Wide(format))).Outcome.Plan);

    [Fact]
    public async Task The_columns_of_a_rejected_file_are_no_dates() => Assert.Equal(
        "missing-column", (await FileFixture.PlanAsync("id,_row,_run\n1,2,3\n", Wide("'_run' yyyy"))).Error.Code);

    [Fact]
    public async Task Rows_times_date_columns_may_not_pass_the_limit_of_rows()
    {
        var limits = new FileLimits { MaxRows = 7 };
        const string ThreeRows = "id,2024-07,2024-08\n1,2,3\n1,2,3\n1,2,3\n";
        Assert.Equal(3, (await FileFixture.PlanAsync(ThreeRows, Wide("yyyy-MM"), limits: limits)).Plan.Rows);
        Assert.Equal(
            ("too-many-rows",
                "the file: found more than 3 rows of 2 date columns, expected rows times date columns to be at most 7; "
                    + "split it, or raise the limit MaxRows"),
            (await FileFixture.PlanAsync($"{ThreeRows}1,,\n", Wide("yyyy-MM"), limits: limits)).Error);
    }

    [Fact]
    public async Task A_batch_has_no_more_filled_cells_than_its_memory_is_made_for()
    {
        var days = Enumerable.Range(0, 500).Select(day => $"{new DateOnly(2023, 1, 1).AddDays(day):yyyy-MM-dd}");
        var header = $"id,{string.Join(',', days)}";
        var rows = string.Concat(Enumerable.Repeat($"1{new string(',', 500)}\n", 2_001));
        var batches = (await FileFixture.PlanAsync($"{header}\n{rows}", Wide("yyyy-MM-dd"))).Plan.Batches;
        Assert.Equal([1_000L, 1_000L, 1L], batches.Select(batch => batch.Rows));
    }

    private static ImportMapping Wide(string format)
    {
        var mapping = FileFixture.Mapping(columns: "x");
        var product = mapping.Products[0];
        return mapping with
        {
            Products =
            [
                product with
                {
                    Wide = new WideShape { Dimension = new DimensionId("d"), Header = format },
                    Dimensions = [product.Dimensions[0] with { Column = null }],
                },
            ],
        };
    }
}
