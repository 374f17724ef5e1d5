using Usage.Core.Issues;
using Usage.Core.Products;
using Usage.Core.Snapshots;

namespace Usage.Core.Tests.Snapshots;

public sealed class PartitionMergeTests
{
    [Fact]
    public async Task Later_rows_overwrite_earlier_ones_cell_by_cell()
    {
        var bench = new MergeBench().Row(1, "2026-10-01", mau: 1, plan: "Pro").Row(2, "2026-10-01", mau: 2, active: false);
        Assert.Equal(["0 2026-10-01 row 2: mau 2, plan Pro, active False"], await bench.SnapshotsAsync());
        Assert.Equal(2, bench.Tally.RecordedRows);
    }

    [Fact]
    public async Task The_date_cell_decides_before_the_row_number()
    {
        var bench = new MergeBench().Row(1, "2026-10-31", mau: 1).Row(2, "2026-10-02", mau: 2);
        Assert.Equal(["0 2026-10-01 row 1: mau 1"], await bench.SnapshotsAsync());
        Assert.Equal(1, bench.Tally.RecordedRows);
    }

    [Fact]
    public async Task Without_history_only_the_latest_date_is_recorded()
    {
        var bench = new MergeBench().Row(1, "2026-10-01", mau: 1).Row(2, "2026-09-30", mau: 2, plan: "Pro")
            .Row(3, "2026-09-30", mau: 3, account: 1);
        Assert.Equal(["0 2026-10-01 row 1: mau 1", "1 2026-09-01 row 3: mau 3"], await bench.SnapshotsAsync());
        Assert.Equal(2, bench.Tally.RecordedRows);
    }

    [Fact]
    public async Task With_history_every_date_is_recorded()
    {
        var bench = new MergeBench(history: true).Row(1, "2026-10-01", mau: 1).Row(2, "2026-09-30", mau: 2, plan: "Pro");
        Assert.Equal(["0 2026-10-01 row 1: mau 1", "0 2026-09-01 row 2: mau 2, plan Pro"], await bench.SnapshotsAsync());
        Assert.Equal([new DateOnly(2026, 9, 1), new DateOnly(2026, 10, 1)], bench.Tally.Dates.Select(date => date.Date));
    }

    [Theory]
    [InlineData(Aggregate.Last, "0.3", 1)]
    [InlineData(Aggregate.First, "0.1", 1)]
    [InlineData(Aggregate.Sum, "0.6", 3)]
    [InlineData(Aggregate.Average, "0.19999999999999998", 3)]
    [InlineData(Aggregate.Min, "0.1", 3)]
    [InlineData(Aggregate.Max, "0.3", 3)]
    [InlineData(Aggregate.Count, "3", 3)]
    public async Task With_history_values_of_one_date_are_merged_by_the_aggregate(Aggregate aggregate, string mau, long recorded)
    {
        var bench = new MergeBench(history: true, aggregate).Row(1, "2026-10-03", mau: 0.1).Row(2, "2026-10-05", mau: 0.2)
            .Row(3, "2026-10-07", mau: 0.3);
        var row = aggregate == Aggregate.First ? 1 : 3;
        Assert.Equal([$"0 2026-10-01 row {row}: mau {mau}"], await bench.SnapshotsAsync());
        Assert.Equal(recorded, bench.Tally.RecordedRows);
    }

    [Fact]
    public async Task Clearing_takes_part_like_any_value()
    {
        var kept = new MergeBench(history: true).Row(1, "2026-10-01", mau: 1).Row(2, "2026-10-02", cleared: true)
            .Row(3, "2026-09-01", cleared: true).Row(4, "2026-09-02", mau: 4);
        Assert.Equal(["0 2026-10-01 row 2: ", "0 2026-09-01 row 4: mau 4"], await kept.SnapshotsAsync());
        Assert.Equal((2, 2, 2), (kept.Tally.RecordedRows, kept.Tally.Values, kept.Tally.Snapshots));
        Assert.Equal([0], (await kept.GroupsAsync())[0].Snapshots[0].Cleared);
        var first = new MergeBench(history: true, Aggregate.First).Row(1, "2026-10-01", cleared: true).Row(2, "2026-10-02", mau: 2);
        Assert.Equal(["0 2026-10-01 row 1: "], await first.SnapshotsAsync());
        var latest = new MergeBench().Row(1, "2026-10-01", cleared: true).Row(2, "2026-09-01", mau: 2);
        Assert.Equal(["0 2026-10-01 row 1: "], await latest.SnapshotsAsync());
    }

    [Fact]
    public async Task Without_history_aggregates_say_nothing()
    {
        var bench = new MergeBench(history: false, Aggregate.Sum).Row(1, "2026-10-01", mau: 1).Row(2, "2026-10-01", mau: 2);
        Assert.Equal(["0 2026-10-01 row 2: mau 2"], await bench.SnapshotsAsync());
        Assert.Equal(1, bench.Tally.RecordedRows);
    }

    [Fact]
    public async Task A_sum_past_the_largest_number_stays_there()
    {
        var bench = new MergeBench(history: true, Aggregate.Sum).Row(1, "2026-10-01", mau: double.MaxValue)
            .Row(2, "2026-10-01", mau: double.MaxValue);
        Assert.Equal(double.MaxValue, (await bench.GroupsAsync())[0].Snapshots[0].Values.Span[0]!.Value.Number);
    }

    [Fact]
    public async Task An_average_of_the_largest_numbers_is_finite()
    {
        var bench = new MergeBench(history: true, Aggregate.Average).Row(1, "2026-10-01", mau: 1e308).Row(2, "2026-10-01", mau: 1.5e308);
        Assert.Equal(1.25e308, (await bench.GroupsAsync())[0].Snapshots[0].Values.Span[0]!.Value.Number, 1e294);
    }

    [Fact]
    public async Task Rows_with_a_bad_cell_give_values_and_are_not_counted_as_recorded()
    {
        var bench = new MergeBench().Row(1, "2026-10-01", mau: 1, clean: false);
        Assert.Equal(["0 2026-10-01 row 1: mau 1"], await bench.SnapshotsAsync());
        Assert.Equal(0, bench.Tally.RecordedRows);
        Assert.Equal((1, 1), (bench.Tally.Snapshots, bench.Tally.Values));
    }

    [Fact]
    public async Task Blocks_of_a_hundred_accounts_are_groups()
    {
        var bench = new MergeBench();
        for (var account = 0; account < 250; account++) bench.Row(account + 1, "2026-10-01", mau: account, account: account);
        Assert.Equal([(0, 100), (1, 100), (2, 50)], (await bench.GroupsAsync()).Select(stored => (stored.Block, stored.Snapshots.Count)));
        Assert.Equal(3, bench.Tally.Groups);
    }

    [Fact]
    public async Task Preview_tells_what_a_row_gave_and_what_will_be_stored()
    {
        var bench = new MergeBench(history: true, Aggregate.Sum)
            .Row(1, "2026-10-01", mau: 1, plan: "Pro").Row(2, "2026-10-02", mau: 2, plan: "Basic").Row(3, "2026-10-03", mau: 4);
        var parts = (await bench.GroupsAsync(previewRows: 2)).SelectMany(stored => RowPreview.Parts(bench.Mapping, stored, (_, _) => null));
        var rows = Enumerable.Range(1, 2).Select(row => new PreviewRow { Row = row, Outcome = RowOutcome.Recorded });
        Assert.Equal(
            ["1: mau 7", "2: mau 7, plan Basic"],
            RowPreview.Join(bench.Mapping, rows, parts).Select(row =>
                $"{row.Row}: {string.Join(", ", row.Snapshots.Single().Values.Select(pair => $"{pair.Key} {pair.Value.New}"))}"));
    }

    [Fact]
    public async Task Preview_calls_a_row_superseded_that_gave_nothing()
    {
        var bench = new MergeBench().Row(1, "2026-10-01", mau: 1).Row(2, "2026-10-01", mau: 2);
        var parts = (await bench.GroupsAsync(previewRows: 100))
            .SelectMany(stored => RowPreview.Parts(bench.Mapping, stored, (_, _) => null));
        var rows = Enumerable.Range(1, 2).Select(row => new PreviewRow { Row = row, Outcome = RowOutcome.Recorded });
        Assert.Equal([RowOutcome.Superseded, RowOutcome.Recorded], RowPreview.Join(bench.Mapping, rows, parts).Select(row => row.Outcome));
    }

    [Fact]
    public async Task Tallies_add_up_in_any_order()
    {
        var one = new MergeBench().Row(1, "2026-10-01", mau: 1);
        var two = new MergeBench().Row(2, "2026-10-01", mau: 1).Row(3, "2026-09-01", mau: 1, account: 5);
        await one.GroupsAsync();
        await two.GroupsAsync();
        Assert.Equal([1, 2], (one.Tally + two.Tally).Dates.Select(date => date.Snapshots));
        Assert.Equivalent(one.Tally + two.Tally, two.Tally + one.Tally, strict: true);
    }
}
