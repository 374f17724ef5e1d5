using Usage.Core.Snapshots.Stats;
using Usage.Core.Values;

namespace Usage.Core.Tests.Snapshots.Stats;

public sealed class DimensionCounterTests
{
    [Fact]
    public void Numbers_have_count_sum_and_range()
    {
        var stats = Count(UsageValue.Of(3), UsageValue.Of(-1.5), UsageValue.Of(0d));
        Assert.Equal((3, 1.5, -1.5, 3), (stats.Accounts, stats.Sum, stats.Min, stats.Max));
    }

    [Fact]
    public void Booleans_are_counted_apart()
    {
        var stats = Count(UsageValue.Of(true), UsageValue.Of(false), UsageValue.Of(true));
        Assert.Equal((3, 2, 1, null), (stats.Accounts, stats.True, stats.False, stats.Min));
    }

    [Fact]
    public void Texts_are_told_by_frequency()
    {
        var stats = Count(UsageValue.Of("Pro"), UsageValue.Of("Basic"), UsageValue.Of("Basic"), UsageValue.Of("Free"));
        Assert.Equal([new("Basic", 2), new("Free", 1), new("Pro", 1)], stats.Counts);
        Assert.Equal((4, 0), (stats.Accounts, stats.OtherTexts));
    }

    [Fact]
    public void Free_text_does_not_fill_the_memory_and_frequent_texts_stay()
    {
        var counter = new DimensionCounter();
        for (var i = 0; i < 50_000; i++)
        {
            counter.Add(UsageValue.Of($"note {i}"));
            if (i % 10 == 0) counter.Add(UsageValue.Of("often"));
        }

        var stats = counter.ToStats();
        Assert.Equal(new TextCount("often", 5_000), stats.Counts[0]);
        Assert.Equal(DimensionCounter.MaxCounts, stats.Counts.Count);
        Assert.Equal(55_000, stats.Accounts);
        Assert.Equal(55_000, stats.OtherTexts + stats.Counts.Sum(text => text.Count));
    }

    private static DimensionStats Count(params UsageValue[] values)
    {
        var counter = new DimensionCounter();
        foreach (var value in values) counter.Add(value);
        return counter.ToStats();
    }
}
