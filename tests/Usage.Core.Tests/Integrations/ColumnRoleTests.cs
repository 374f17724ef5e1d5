using Usage.Core.Accounts;
using Usage.Core.Integrations;
using Usage.Core.Products;
using Usage.Core.Values;
using static Usage.Core.Tests.Integrations.Drafts;

namespace Usage.Core.Tests.Integrations;

/// <summary>What a column may be named for, and how often.</summary>
public sealed class ColumnRoleTests
{
    [Fact]
    public void A_date_column_may_be_counted_with_history()
    {
        var counting = Good with
        {
            Products = [Mapping("platform", "day", New("day", "days", "Days", DataType.Numeric, Aggregate.Count))],
        };
        Assert.Empty(Check(counting));
        Assert.Contains(
            Check(counting with { AllowMultipleRowsPerCustomer = false }),
            problem => problem.StartsWith("Wrong column-in-two-roles products[0].dimensions[0].column", StringComparison.Ordinal));
    }

    [Fact]
    public void Dimension_is_fed_by_one_column() => Assert.Equal(
        ["Wrong duplicate products[0].dimensions[1].dimension: found \"mau\" again, expected one column for it: \"mau\" feeds it already"],
        Check(With(Good.Products[0].Dimensions[0], new DimensionMapping { Column = "users", Dimension = new("mau") })));

    [Fact]
    public void Column_may_feed_several_dimensions() =>
        Assert.Empty(
            Check(
                With(Good.Products[0].Dimensions[0], New("mau", "users", "Users", DataType.Numeric),
                    New("customer_id", "customer", "Customer", DataType.Text))));

    [Fact]
    public void Columns_need_names_that_are_not_those_of_a_rejected_file() => Assert.Equal(
        [
            "Wrong required match[0].column: found nothing, expected 1 to 255 characters",
            "Wrong required products[0].dateColumn: found a blank name, expected a column, or null for the date of arrival",
            "Wrong reserved-column products[0].dimensions[0].column: found \" _Row\", expected another column: "
                + "_row, _outcome, _code, _message, _raw, _run are those of a rejected file, and are ignored",
        ],
        Check(
            Good with
            {
                Match = [new() { By = MatchBy.Name, Column = "" }],
                Products = [Mapping("platform", " ", new DimensionMapping { Column = " _Row", Dimension = new("mau") })]
            }));

    [Fact]
    public void Date_column_holds_dates_and_nothing_else() => Assert.Equal(
        [
            "Wrong column-in-two-roles products[0].dateColumn: found \"Customer_ID\", which names the account, expected a column of dates",
            "Wrong column-in-two-roles products[0].dimensions[0].column: found \"customer_id\", which is a date column, expected a column "
                + "of mau's values",
        ],
        Check(
            Good with
            {
                Products = [Mapping(
                "platform", "Customer_ID ", new DimensionMapping { Column = "customer_id", Dimension = new("mau") })]
            }));

    [Fact]
    public void Date_column_may_be_kept_as_a_text_too() =>
        Assert.Empty(Check(Good with { Products = [Mapping("platform", "day", New("day", "day", "Day as written", DataType.Text))] }));
}
