using System.Text.Json;
using Usage.Core.Reports;
using Usage.Core.Values;

namespace Usage.Core.Tests.Reports;

public sealed class PointStatsTests
{
    [Theory]
    [InlineData(new[] { 1.0, 2, 6 }, 9.0, 3.0)]
    [InlineData(new[] { 1e308, 1e308, 5 }, double.MaxValue, 2 * (1e308 / 3))]
    [InlineData(new[] { 1e308, 1e308, 1e308, 1e308 }, double.MaxValue, 1e308)]
    [InlineData(new[] { double.MaxValue, double.MaxValue, double.MaxValue }, double.MaxValue, double.MaxValue)]
    [InlineData(new[] { double.MinValue, double.MinValue, double.MinValue, 0 }, double.MinValue, double.MinValue * 0.75)]
    [InlineData(new[] { 1e308, 1e308, -1e308, -1e308, -1e308 }, -1e308, -2e307)]
    [InlineData(new double[0], 0.0, 0.0)]
    public void Sum_is_cut_at_the_largest_number_and_the_average_is_right(double[] values, double sum, double average)
    {
        Check(Of(values));
        // However the accounts are shared out, and stored in between.
        for (var first = 0; first <= values.Length; first++)
        {
            var merged = Stored(Of(values[..first]));
            merged.Add(Stored(Of(values[first..])));
            Check(Stored(merged));
        }

        void Check(PointStats stats)
        {
            Assert.Equal(values.Length, stats.Accounts);
            AssertNear(sum, stats.Sum);
            AssertNear(average, stats.Average);
        }
    }

    private static void AssertNear(double expected, double found) =>
        Assert.InRange(found, expected - Math.Abs(expected * 1e-12), expected + Math.Abs(expected * 1e-12));

    private static PointStats Of(double[] values)
    {
        var stats = new PointStats { Type = DataType.Numeric };
        foreach (var value in values) stats.Add(UsageValue.Of(value));
        return stats;
    }

    private static PointStats Stored(PointStats stats) =>
        JsonSerializer.Deserialize<PointStats>(JsonSerializer.Serialize(stats, CoreJson.Options), CoreJson.Options)!;
}
