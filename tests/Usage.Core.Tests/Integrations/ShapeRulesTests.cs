using System.Text.Json;
using Usage.Core.Integrations;
using Usage.Core.Values;
using static Usage.Core.Tests.Integrations.Drafts;

namespace Usage.Core.Tests.Integrations;

public sealed class ShapeRulesTests
{
    private const string At = "products[0]";

    private static readonly ProductMapping Long = new()
    {
        Product = new("platform"),
        DateColumn = "month",
        Long = new() { MetricColumn = "metric", ValueColumn = "value" },
        Dimensions =
        [
            new() { Metric = "MAU", Dimension = new("mau") },
            new() { Metric = "plan", Dimension = new("plan"), Create = new() { Name = "Plan", DataType = DataType.Text } },
        ],
    };

    private static readonly ProductMapping Wide =
        new() { Product = new("platform"), Wide = new() { Dimension = new("mau"), Header = "yyyy-MM" } };

    [Fact]
    public void Both_shapes_are_accepted_and_answered_as_they_were_sent()
    {
        Assert.Empty(Check(Of(Long)));
        Assert.Empty(Check(Of(Wide)));
        Assert.Equal(
            """
            {"product":"platform","dateColumn":"month","long":{"metricColumn":"metric","valueColumn":"value","unknownMetrics":"ignore"},
            "dimensions":[{"metric":"MAU","dimension":"mau","create":null},
            {"metric":"plan","dimension":"plan","create":{"name":"Plan","dataType":"text","aggregate":"last"}}]}
            """.ReplaceLineEndings(""),
            JsonSerializer.Serialize(Long, CoreJson.Options));
        const string Sent = """
            {"product":"platform","dateColumn":null,"wide":{"dimension":"mau","header":"yyyy-MM","create":null},"dimensions":[]}
            """;
        Assert.Equal(Sent, JsonSerializer.Serialize(Wide, CoreJson.Options));
        Assert.Equivalent(Wide, JsonSerializer.Deserialize<ProductMapping>(Sent, CoreJson.Options), strict: true);
    }

    [Fact]
    public void Wide_takes_no_dates_no_dimensions_and_no_metrics() => Assert.Equal(
        [
            $"Wrong invalid {At}.wide.header: found \"MMMM\", expected a format with a year, such as dd/MM/yyyy",
            $"Wrong invalid {At}.long: found it beside wide, expected one of the two",
            $"Wrong invalid {At}.dateColumn: found \"month\" beside wide, expected null: the header tells each column's date",
            $"Wrong invalid {At}.dimensions: found 2 beside wide, expected none: all date columns feed wide.dimension",
            $"Conflict needs-history {At}.wide: a row has many dates, and without history only the latest would be recorded; "
                + "set allowMultipleRowsPerCustomer to true",
            $"Conflict unknown-dimension {At}.wide.dimension: found \"dau\", which product \"platform\" doesn't have; say what it is in "
                + "create, or make it with PUT /api/products/platform/dimensions/dau",
            $"Warning aggregate-without-effect {At}.dimensions[0].dimension: found \"mau\", which merges by sum, while "
                + "allowMultipleRowsPerCustomer is off and keeps the last value only; set it to true to merge all rows of an account",
        ],
        Check(Of(Long with { Wide = new() { Dimension = new("dau"), Header = "MMMM" } }) with { AllowMultipleRowsPerCustomer = false }));

    [Fact]
    public void A_wide_dimension_is_declared_as_any_other() => Assert.Equal(
        [
            $"Conflict type-conflict {At}.wide.create.dataType: found text, expected numeric: product \"platform\" has \"mau\" already; "
                + "leave create out, or choose another id",
        ],
        Check(Of(Wide with { Wide = Wide.Wide! with { Create = new() { Name = "MAU", DataType = DataType.Text } } })));

    [Fact]
    public void Wide_makes_a_dimension_only_where_there_is_room() => Assert.Equal(
        [$"Conflict too-many-dimensions {At}.wide: product \"platform\" would have 2 dimensions, expected at most 1"],
        Check(Of(Wide with
        {
            Wide = new()
            {
                Dimension = new("dau"),
                Header = "yyyy-MM",
                Create = new() { Name = "Daily", DataType = DataType.Numeric },
            },
        }), maxDimensions: 1));

    [Fact]
    public void Dimensions_of_a_long_product_name_metrics() => Assert.Equal(
        [
            $"Wrong required {At}.long.valueColumn: found nothing, expected 1 to 255 characters",
            $"Wrong required {At}.dimensions[0].metric: found nothing, expected 1 to 255 characters",
            $"Wrong invalid {At}.dimensions[0].column: found \"mau\", expected a metric only: the product is long, and long.valueColumn "
                + "has the values",
            $"Wrong duplicate {At}.dimensions[1].dimension: found \"mau\" again, expected one metric for it: \"mau\" feeds it already",
        ],
        Check(Of(Long with
        {
            Long = new() { MetricColumn = "metric", ValueColumn = " " },
            Dimensions = [new() { Column = "mau", Metric = "\u200b ", Dimension = new("mau") }, Long.Dimensions[0]],
        })));

    [Fact]
    public void Others_name_columns() => Assert.Equal(
        [
            $"Wrong required {At}.dimensions[0].column: found nothing, expected a column's name, or a list of names",
            $"Wrong invalid {At}.dimensions[0].metric: found \"MAU\", expected a column only: metrics are those of a long product",
        ],
        Check(Of(Long with { Long = null, Dimensions = [Long.Dimensions[0]] })));

    [Fact]
    public void Metrics_values_and_dates_are_different_columns()
    {
        Assert.Equal(
            [
                $"Wrong column-in-two-roles {At}.long.valueColumn: found \"Metric\", which has the metrics' names, "
                    + "expected the column of their values",
            ],
            Check(Of(Long with { Long = new() { MetricColumn = "metric", ValueColumn = "Metric" } })));
        Assert.Equal(
            [
                $"Wrong column-in-two-roles {At}.long.valueColumn: found \"month\", which is a date column, "
                    + "expected the column of the metrics' values",
            ],
            Check(Of(Long with { Long = new() { MetricColumn = "metric", ValueColumn = "month" } })));
        Assert.Equal(
            [
                $"Wrong column-in-two-roles {At}.long.metricColumn: found \"MONTH\", which is a date column, "
                    + "expected the column of the metrics' names",
            ],
            Check(Of(Long with { Long = new() { MetricColumn = "MONTH", ValueColumn = "value" } })));
    }

    private static Integration Of(ProductMapping mapping) => Good with { Products = [mapping] };
}
