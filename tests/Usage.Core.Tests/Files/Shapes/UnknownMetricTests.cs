using Usage.Core.Integrations;

namespace Usage.Core.Tests.Files.Shapes;

public sealed class UnknownMetricTests
{
    [Fact]
    public async Task Each_metric_is_told_once_in_any_case_with_its_first_row()
    {
        var plan = (await FileFixture.PlanAsync(
            "id,metric,value\n1,mau,1\n2,Logouts,2\n3,\"MAU \",3\n4,\" logouts\",4\n5,,5\n6,logouts\n", Long())).Plan;
        Assert.Equal(
            [
                ("metric \"Logouts\", which no dimension names", 2L, "3: 2,Logouts,2"),
                ("metric \"\", which no dimension names", 1L, "6: 5,,5"),
            ],
            plan.Ignored.Select(ignored =>
                (ignored.Why, ignored.Count, $"{ignored.Samples.Single().Line}: {ignored.Samples.Single().Text}")));
        Assert.Equal(6, plan.Rows);
    }

    [Fact]
    public async Task A_hundred_are_told_and_the_others_together()
    {
        var rows = Enumerable.Range(0, 130).SelectMany(i => new[] { $"1,m{i},1", $"2,M{i},2" });
        var ignored = (await FileFixture.PlanAsync($"id,metric,value\n{string.Join('\n', rows)}\n", Long())).Plan.Ignored;
        Assert.Equal(101, ignored.Count);
        Assert.All(ignored.Take(100), one => Assert.Equal((2, 1), (one.Count, one.Samples.Count)));
        Assert.Equal(("other metrics that no dimension names", 60, 10), (ignored[^1].Why, ignored[^1].Count, ignored[^1].Samples.Count));
    }

    [Fact]
    public async Task Metrics_that_are_refused_are_not_told_as_ignored() => Assert.Empty(
        (await FileFixture.PlanAsync("id,metric,value\n1,logouts,2\n", Long(UnknownMetrics.Reject))).Plan.Ignored);

    [Fact]
    public async Task A_very_long_metric_is_unknown() =>
        Assert.Single((await FileFixture.PlanAsync($"id,metric,value\n1,{new string('m', 100_000)},2\n", Long())).Plan.Ignored);

    private static ImportMapping Long(UnknownMetrics unknown = UnknownMetrics.Ignore)
    {
        var mapping = FileFixture.Mapping(columns: "value");
        var product = mapping.Products[0];
        return mapping with
        {
            Products =
            [
                product with
                {
                    Long = new LongShape { MetricColumn = "metric", ValueColumn = "value", UnknownMetrics = unknown },
                    Dimensions = [product.Dimensions[0] with { Metric = "MAU" }],
                },
            ],
        };
    }
}
