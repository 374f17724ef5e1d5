using Usage.Core.Problems;
using Usage.Core.Products;
using Usage.Core.Values;

namespace Usage.Core.Tests.Products;

public sealed class DimensionRulesTests
{
    private static readonly Dimension Mau = new() { Id = new("mau"), Name = "MAU", DataType = DataType.Numeric };

    private static readonly Product Platform = new() { Id = new("platform"), Name = "Platform", Dimensions = [Mau] };

    public static TheoryData<Aggregate> Aggregates => new(Enum.GetValues<Aggregate>());

    public static MatrixTheoryData<DataType, Aggregate> OfAnyType => new(Enum.GetValues<DataType>(), [Aggregate.Last, Aggregate.First]);

    [Theory]
    [InlineData(DataType.Text, Aggregate.Sum, "found sum, expected last or first: text values know no other")]
    [InlineData(DataType.Boolean, Aggregate.Average, "found average, expected last or first: boolean values know no other")]
    [InlineData(DataType.Text, Aggregate.Min, "found min, expected last or first: text values know no other")]
    public void Only_numbers_are_summed_and_compared(DataType type, Aggregate aggregate, string message) => Assert.Equal(
        [new Problem("aggregate-unfit", "aggregate", message)],
        DimensionRules.Validate(Platform, new Dimension { Id = new("plan"), Name = "Plan", DataType = type, Aggregate = aggregate }));

    [Theory]
    [MemberData(nameof(Aggregates))]
    public void Every_aggregate_fits_numbers(Aggregate aggregate) =>
        Assert.Empty(DimensionRules.Validate(Platform, Mau with { Aggregate = aggregate }));

    [Theory]
    [MemberData(nameof(OfAnyType))]
    public void Last_and_first_fit_all(DataType type, Aggregate aggregate) => Assert.Empty(DimensionRules.Validate(
        Platform, new Dimension { Id = new("plan"), Name = "Plan", DataType = type, Aggregate = aggregate }));

    [Theory]
    [InlineData("mau ")]
    [InlineData("M.A.U.")]
    [InlineData("m a-u")]
    [InlineData("ＭＡＵ")]
    public void Name_that_nearly_equals_another_is_a_warning(string name) => Assert.Equal(
        [
            new Problem("near-duplicate-name", "name",
                $"found \"{name}\", which nearly equals \"MAU\" of dimension \"mau\"; "
                + "one metric in two dimensions has half a history in each")
            {
                Kind = ProblemKind.Warning,
            },
        ],
        DimensionRules.Validate(Platform, new Dimension { Id = new("mau2"), Name = name, DataType = DataType.Numeric }));

    [Fact]
    public void Own_name_and_another_name_are_no_warning()
    {
        Assert.Empty(DimensionRules.Validate(Platform, Mau with { Name = "mau" }));
        Assert.Empty(DimensionRules.Validate(Platform, new Dimension { Id = new("dau"), Name = "DAU", DataType = DataType.Numeric }));
    }

    [Fact]
    public void Name_has_its_length()
    {
        Assert.Empty(DimensionRules.Validate(Platform, Mau with { Name = new('x', 200) }));
        Assert.Equal([new Problem("too-long", "name", "found 201 characters, expected at most 200")],
            DimensionRules.Validate(Platform, Mau with { Name = new('x', 201) }));
    }

    [Fact]
    public void Type_is_locked_once_values_exist()
    {
        Assert.Empty(DimensionRules.Validate(Platform, Mau with { DataType = DataType.Text }));
        Assert.Equal(
            [new Problem("type-locked", "dataType",
                "found text, expected numeric: the type can't change once values exist") { Kind = ProblemKind.Conflict }],
            DimensionRules.Validate(Platform, Mau with { DataType = DataType.Text }, values: DataType.Numeric));
    }

    [Fact]
    public void Deleted_dimension_comes_back_only_as_what_its_values_are()
    {
        var back = new Dimension { Id = new("dau"), Name = "DAU", DataType = DataType.Numeric };
        Assert.Empty(DimensionRules.Validate(Platform, back, values: DataType.Numeric));
        Assert.Equal(["type-locked dataType"],
            DimensionRules.Validate(Platform, back with { DataType = DataType.Boolean }, values: DataType.Numeric)
                .Select(problem => $"{problem.Code} {problem.Path}"));
    }

    [Fact]
    public void Product_has_a_limited_number_of_dimensions()
    {
        var other = new Dimension { Id = new("dau"), Name = "DAU", DataType = DataType.Numeric };
        Assert.Equal(
            [new Problem("too-many-dimensions", "",
                "product \"platform\" has 1 dimensions, expected at most 1") { Kind = ProblemKind.Conflict }],
            DimensionRules.Validate(Platform, other, maxPerProduct: 1));
        Assert.Empty(DimensionRules.Validate(Platform, Mau, maxPerProduct: 1));
    }
}
