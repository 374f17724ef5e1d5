using Usage.Core.Problems;
using Usage.Core.Products;

namespace Usage.Core.Tests.Products;

public sealed class ProductRulesTests
{
    private static readonly Product Platform = new() { Id = new("platform"), Name = "Platform", SnapshotPeriod = SnapshotPeriod.Monthly };

    [Fact]
    public void Product_needs_a_name_and_may_lack_a_period()
    {
        Assert.Empty(ProductRules.Validate(Platform with { SnapshotPeriod = null }));
        Assert.Equal([new Problem("required", "name", "found nothing, expected 1 to 200 characters")],
            ProductRules.Validate(Platform with { Name = " " }));
        Assert.Equal([new Problem("too-long", "name", "found 201 characters, expected at most 200")],
            ProductRules.Validate(Platform with { Name = new('x', 201) }));
        Assert.Equal([new Problem("invalid", "name", "found \"a\\u0000b\", expected no control characters")],
            ProductRules.Validate(Platform with { Name = "a\0b" }));
    }

    [Theory]
    [InlineData(SnapshotPeriod.Weekly, "found weekly, expected monthly: the period can't change once snapshots exist")]
    [InlineData(null, "found null, expected monthly: the period can't change once snapshots exist")]
    public void Period_is_locked_once_snapshots_exist(SnapshotPeriod? period, string message)
    {
        var problem = Assert.Single(ProductRules.Validate(Platform with { SnapshotPeriod = period }, Platform, hasSnapshots: true));
        Assert.Equal(new Problem("period-locked", "snapshotPeriod", message) { Kind = ProblemKind.Conflict }, problem);
    }

    [Fact]
    public void Period_may_change_as_long_as_there_is_no_snapshot()
    {
        Assert.Empty(ProductRules.Validate(Platform with { SnapshotPeriod = SnapshotPeriod.Daily }, Platform));
        Assert.Empty(ProductRules.Validate(Platform with { Name = "New name" }, Platform, hasSnapshots: true));
        Assert.Empty(ProductRules.Validate(Platform, Platform with { SnapshotPeriod = null }, hasSnapshots: false));
    }

    [Fact]
    public void Period_that_an_integration_needs_is_not_taken_away() => Assert.Equal(
        [new Problem("period-locked", "snapshotPeriod",
            "found null, expected a period: integration platform-usage uses the product") { Kind = ProblemKind.Conflict }],
        ProductRules.Validate(Platform with { SnapshotPeriod = null }, Platform, usedBy: [new("platform-usage")]));

    [Fact]
    public void All_problems_are_told_at_once() =>
        Assert.Equal(["name", "snapshotPeriod"],
            ProductRules.Validate(Platform with { Name = "", SnapshotPeriod = SnapshotPeriod.Daily }, Platform, true).Select(p => p.Path));

    [Fact]
    public void Problem_is_code_path_and_message_in_JSON() => Assert.Equal(
        "{\"code\":\"required\",\"path\":\"name\",\"message\":\"found nothing, expected 1 to 200 characters\"}",
        System.Text.Json.JsonSerializer.Serialize(ProductRules.Validate(Platform with { Name = "" })[0], CoreJson.Options));
}
