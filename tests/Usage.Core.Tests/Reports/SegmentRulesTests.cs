using Usage.Core.Products;
using Usage.Core.Reports;
using Usage.Core.Values;

namespace Usage.Core.Tests.Reports;

public sealed class SegmentRulesTests
{
    private static readonly Product Platform = new()
    {
        Id = new("platform"),
        Name = "Platform",
        Dimensions = [new() { Id = new("mau"), Name = "MAU", DataType = DataType.Numeric }],
    };

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void As_many_conditions_as_may_be(int conditions) => Assert.Empty(Check("Active", conditions));

    [Fact]
    public void Conditions_are_limited_in_number()
    {
        Assert.Equal(["required all: found no condition, expected at least one"], Check("Active", 0));
        Assert.Equal(["too-many all: found 21 conditions, expected at most 20"], Check("Active", 21));
    }

    [Fact]
    public void Name_has_its_length()
    {
        Assert.Empty(Check(new('x', 200), 1));
        Assert.Equal(["required name: found nothing, expected 1 to 200 characters"], Check(" ", 1));
        Assert.Equal(["too-long name: found 201 characters, expected at most 200"], Check(new('x', 201), 1));
    }

    private static string[] Check(string name, int conditions)
    {
        var condition = new Condition
        {
            Product = Platform.Id,
            Dimension = new("mau"),
            Op = SegmentOperator.Gt,
            Value = UsageValue.Of(1),
        };
        var segment = new Segment { Id = new("active"), Name = name, All = [.. Enumerable.Repeat(condition, conditions)] };
        return [.. SegmentRules.Validate(segment, new Dictionary<Ids.ProductId, Product> { [Platform.Id] = Platform })
            .Select(p => $"{p.Code} {p.Path}: {p.Message}")];
    }
}
