using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Products;
using Usage.Core.Snapshots;
using Usage.Core.Values;

namespace Usage.Core.Tests.Snapshots;

/// <summary>What is told of the cells of long and wide files.</summary>
public sealed class ShapeMessageTests
{
    private static readonly MappedProduct Long = Product(Sum("mau"), Sum("words") with { DataType = DataType.Boolean }) with
    {
        DateColumn = "day",
        Long = new LongShape { MetricColumn = "metric", ValueColumn = "value", UnknownMetrics = UnknownMetrics.Reject },
    };

    private static readonly MappedProduct Wide = Product(Sum("mau") with { Column = null, Metric = null }) with
    {
        Wide = new WideShape { Dimension = new DimensionId("mau"), Header = "yyyy-MM-dd" },
    };

    [Fact]
    public async Task A_bad_value_names_its_metric() => Assert.Equal(
        [
            "row 1, column \"value\": found \"x\", expected a number such as 1234.5 (metric \"mau\")",
            "row 2, column \"value\": found \"x\", expected true or false, yes or no, on or off, 1 or 0, y or n, t or f (metric \"words\")",
        ],
        await MessagesAsync(Long, "id,day,metric,value\nC1,2024-10-01,MAU,x\nC1,2024-10-01,words,x\n"));

    [Fact]
    public async Task An_unknown_metric_names_those_that_are_known() => Assert.Equal(
        [
            "row 1, column \"metric\": found \"mua\", expected a metric that a dimension names (\"mau\", \"words\")",
            "row 2, column \"metric\": found nothing, expected a metric that a dimension names (\"mau\", \"words\")",
        ],
        await MessagesAsync(Long, "id,day,metric,value\nC1,no date,mua,x\nC1,,,\n"));

    [Fact]
    public async Task A_filled_cell_of_the_future_is_told_by_its_column() => Assert.Equal(
        [
            "row 1, column \"2026-11-24\": found \"5\", expected no value there: the column's date is after 2026-11-23, a day after the "
                + "file arrived",
        ],
        await MessagesAsync(Wide, "id,2026-11-23,2026-11-24\nC1,1,5\nC1,1,\n"));

    [Fact]
    public async Task Incomplete_totals_say_what_they_lack()
    {
        Assert.Equal(
            ["a1, p on 2024-10-01: the sum of \"mau\" lacks row 2, refused for column \"value\" of metric \"mau\"; "
                + "mend what was rejected to make it whole"],
            await IncompleteAsync(Long, "id,day,metric,value\nC1,2024-10-01,mau,1\nC1,2024-10-02,mau,x\n"));
        Assert.Equal(
            ["a1, p on 2024-10-01: the sum of \"mau\" lacks row 2, refused for column \"day\"; "
                + "mend what was rejected to make it whole"],
            await IncompleteAsync(Long, "id,day,metric,value\nC1,2024-10-01,mau,1\nC1,soon,words,yes\n"));
        Assert.Equal(
            ["a1, p on 2026-11-01: the sum of \"mau\" lacks row 1 and 1 more, refused for a column of that date (\"yyyy-MM-dd\"); "
                + "mend what was rejected to make it whole"],
            await IncompleteAsync(Wide, "id,2026-11-01,2026-11-24\nC1,1,5\nC1,x,\n"));
    }

    [Fact]
    public async Task A_preview_shows_the_dates_of_a_row_in_their_order()
    {
        var result = await RunAsync(Wide, "id,2024-03-01,2024-01-01,2024-02-01\nC1,3,1,2\n");
        var parts = result.Groups.SelectMany(group => RowPreview.Parts(result.Mapping, group, (_, _) => null));
        var row = Assert.Single(RowPreview.Join(result.Mapping, result.Totals.Preview, parts));
        Assert.Equal(
            [("2024-01-01", 1.0), ("2024-02-01", 2.0), ("2024-03-01", 3.0)],
            row.Snapshots.Select(shown => ($"{shown.Date:yyyy-MM-dd}", shown.Values.Single().Value.New!.Value.Number)));
    }

    private static MappedDimension Sum(string metric) => new()
    {
        Column = "value",
        Metric = metric,
        Id = new DimensionId(metric),
        DataType = DataType.Numeric,
        Aggregate = Aggregate.Sum,
    };

    private static MappedProduct Product(params MappedDimension[] dimensions) =>
        new() { Id = new ProductId("p"), Name = "P", Period = SnapshotPeriod.Monthly, Dimensions = dimensions };

    private static async Task<IEnumerable<string>> MessagesAsync(MappedProduct product, string csv) =>
        (await RunAsync(product, csv)).Totals.Issues.SelectMany(issue => issue.Samples).OrderBy(sample => sample.Row)
            .Select(sample => sample.Message);

    private static async Task<IEnumerable<string>> IncompleteAsync(MappedProduct product, string csv)
    {
        var result = await RunAsync(product, csv);
        var log = new IssueLog();
        foreach (var group in result.Groups) IncompleteTotals.Count(log, result.Mapping, group, ordinal => result.Accounts[ordinal].Id);
        return log.ToIssues().SelectMany(issue => issue.Samples).Select(sample => sample.Message);
    }

    private static Task<EngineResult> RunAsync(MappedProduct product, string csv)
    {
        var mapping = new ImportMapping
        {
            Integration = new Integration
            {
                Id = new IntegrationId("usage"),
                Name = "Usage",
                Match = [new MatchRule { By = MatchBy.CrmId, Column = "id" }],
                AllowMultipleRowsPerCustomer = true,
            },
            Products = [product],
            ArrivalDate = new DateOnly(2026, 11, 22),
            TimeZone = "UTC",
        };
        var account = new NumberedAccount(1, new Account { Id = new AccountId("a1"), Name = "A", CrmId = "C1" });
        return new EngineImport(mapping, [account], 1, 1, 1).RunAsync(csv);
    }
}
