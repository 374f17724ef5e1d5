using Usage.Core.Accounts;
using Usage.Core.Integrations;
using Usage.Core.Products;
using Usage.Core.Values;
using static Usage.Core.Tests.Integrations.Drafts;

namespace Usage.Core.Tests.Integrations;

public sealed class IntegrationRulesTests
{
    [Fact]
    public void Good_integration_has_no_problem() => Assert.Empty(Check(Good));

    [Fact]
    public void Without_history_an_aggregate_has_no_effect() => Assert.Equal(
        [
            "Warning aggregate-without-effect products[0].dimensions[0].dimension: found \"mau\", which merges by sum, while "
                + "allowMultipleRowsPerCustomer is off and keeps the last value only; set it to true to merge all rows of an account",
            "Warning aggregate-without-effect products[0].dimensions[1].dimension: found \"plan\", which merges by first, while "
                + "allowMultipleRowsPerCustomer is off and keeps the last value only; set it to true to merge all rows of an account",
        ],
        Check(
            With(Good.Products[0].Dimensions[0], New("plan", "plan", "Plan", DataType.Text, Aggregate.First),
                New("tier", "tier", "Tier", DataType.Text)) with
            { AllowMultipleRowsPerCustomer = false }));

    [Fact]
    public void Name_rules_and_products_are_needed() => Assert.Equal(
        [
            "Wrong required name: found nothing, expected 1 to 200 characters",
            "Wrong required match: found none, expected at least one rule, such as {\"by\": \"crmId\", \"column\": \"customer_id\"}",
            "Wrong required products: found none, expected at least one product",
        ],
        Check(Good with { Name = " ", Match = [], Products = [] }));

    [Fact]
    public void Names_have_their_length()
    {
        Assert.Empty(Check(With(New(new('c', 255), "new", new('x', 200), DataType.Numeric)) with { Name = new('x', 200) }));
        Assert.Equal(
            [
                "Wrong too-long name: found 201 characters, expected at most 200",
                "Wrong too-long products[0].dimensions[0].column: found 256 characters, expected at most 255",
                "Wrong too-long products[0].dimensions[0].create.name: found 201 characters, expected at most 200",
            ],
            Check(With(New(new('c', 256), "new", new('x', 201), DataType.Numeric)) with { Name = new('x', 201) }));
    }

    [Fact]
    public void Product_must_be_there_with_a_period() => Assert.Equal(
        [
            "Conflict unknown-product products[0].product: found \"nope\", which is no product; make it with PUT /api/products/nope",
            "Conflict no-snapshot-period products[1].product: product \"undecided\" has no snapshot period; set it with PUT "
                + "/api/products/undecided and a snapshotPeriod",
        ],
        Check(
            Good with
            {
                Products = [Mapping("nope", null, New("a", "a", "A", DataType.Text)),
                Mapping("undecided", null, New("a", "a", "A", DataType.Text))]
            }));

    [Fact]
    public void Product_is_mapped_once() => Assert.Equal(
        ["Wrong duplicate products[1].product: found \"platform\" again, expected each product once"],
        Check(Good with { Products = [Good.Products[0], Good.Products[0]] }));

    [Fact]
    public void Product_needs_a_dimension() => Assert.Equal(
        ["Wrong required products[0].dimensions: found none, expected at least one dimension with its column"],
        Check(Good with { Products = [Mapping("platform", null)] }));

    [Fact]
    public void Dimension_is_there_or_is_created() => Assert.Equal(
        [
            "Conflict unknown-dimension products[0].dimensions[1].dimension: found \"dau\", which product \"platform\" doesn't have; say "
                + "what it is in create, "
                + "or make it with PUT /api/products/platform/dimensions/dau",
        ],
        Check(
            With(Good.Products[0].Dimensions[0], new DimensionMapping { Column = "dau", Dimension = new("dau") },
                New("plan", "plan", "Plan", DataType.Text))));

    [Fact]
    public void Dimension_is_not_created_with_another_type() => Assert.Equal(
        [
            "Conflict type-conflict products[0].dimensions[0].create.dataType: found text, expected numeric: product \"platform\" has "
                + "\"mau\" already; "
                + "leave create out, or choose another id",
        ],
        Check(With(New("mau", "mau", "MAU", DataType.Text))));

    [Fact]
    public void Dimension_that_is_there_may_be_created_again_with_its_type() =>
        Assert.Empty(Check(With(New("mau", "mau", "MAU", DataType.Numeric))));

    [Fact]
    public void Created_dimension_is_checked_like_any_other() => Assert.Equal(
        [
            "Wrong required products[0].dimensions[0].create.name: found nothing, expected 1 to 200 characters",
            "Wrong aggregate-unfit products[0].dimensions[0].create.aggregate: found sum, expected last or first: text values know no "
                + "other",
            "Warning near-duplicate-name products[0].dimensions[1].create.name: found \"mau \", which nearly equals \"MAU\" of dimension "
                + "\"mau\"; "
                + "one metric in two dimensions has half a history in each",
        ],
        Check(With(New("plan", "plan", "", DataType.Text, Aggregate.Sum), New("m", "m", "mau ", DataType.Numeric))));

    [Fact]
    public void Match_rule_stands_once() => Assert.Equal(
        ["Wrong duplicate match[1]: found a second rule for column \"Customer_Id\" and the same key, expected one"],
        Check(
            Good with
            {
                Match = [Good.Match[0], new() { By = MatchBy.CrmId, Column = "Customer_Id" },
                new() { By = MatchBy.Name, Column = "customer_id" }]
            }));

    [Fact]
    public void Policy_has_limits_that_can_be_met() => Assert.Equal(
        [
            "Wrong out-of-range onError.maxErrors: found -1, expected 0 or more, or null for no limit",
            "Wrong out-of-range onError.maxErrorPercent: found 100.5, expected 0 to 100, or null for no limit",
        ],
        Check(Good with { OnError = new() { MaxErrors = -1, MaxErrorPercent = 100.5 } }));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.1)]
    public void Percentage_is_a_number_from_0_to_100(double percent)
    {
        Assert.Single(Check(Good with { OnError = new() { MaxErrorPercent = percent } }));
        Assert.Empty(Check(Good with { OnError = new() { MaxErrorPercent = 0, MaxErrors = 0 } }));
        Assert.Empty(Check(Good with { OnError = new() { MaxErrorPercent = 100 } }));
    }

    [Fact]
    public void Null_entries_are_problems_and_no_exceptions() => Assert.Equal(
        [
            "Wrong required match[0]: found null, expected a rule with by and column",
            "Wrong required products[0]: found null, expected a product with its dimensions",
            "Wrong required products[1].dimensions[0]: found null, expected a column and a dimension",
            "Wrong required file.dateFormats[0]: found nothing, expected 1 to 64 characters",
            "Wrong required file.nullTokens[0]: found null, expected a text",
        ],
        Check(
            Good with
            {
                Match = [null!],
                Products = [null!, Mapping("platform", null, [null!])],
                File = new() { DateFormats = [null!], NullTokens = [null!] }
            }));

    [Fact]
    public void Counts_are_limited()
    {
        Assert.Equal("Wrong too-many match: found 11 rules, expected at most 10", Check(Good with
        {
            Match = [.. Enumerable.Range(0, 11).Select(i => new MatchRule { By = MatchBy.Name, Column = $"c{i}" })],
        }).Single());
        Assert.Equal(
            "Conflict too-many-dimensions products[0].dimensions: product \"platform\" would have 3 dimensions, expected at most 2",
            Check(With(New("a", "a", "A", DataType.Text), New("b", "b", "B", DataType.Text)), maxDimensions: 2).Single());
        Assert.Contains("Wrong too-many products: found 51 products, expected at most 50",
            Check(Good with { Products = [.. Enumerable.Repeat(Good.Products[0], 51)] }));
    }
}
