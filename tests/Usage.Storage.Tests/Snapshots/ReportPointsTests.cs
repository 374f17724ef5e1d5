using Azure.Data.Tables;
using Usage.Core.Ids;
using Usage.Core.Reports;
using Usage.Core.Values;
using Usage.Storage.Changes;
using Usage.Storage.Runs;
using Usage.Storage.Snapshots;
using Usage.Testing.Emulator;

namespace Usage.Storage.Tests.Snapshots;

[Collection(SharedStorage.Name)]
public sealed class ReportPointsTests
{
    private static readonly DateOnly October = new(2026, 10, 1);
    private static readonly DimensionId Number = new("number");
    private static readonly DimensionId Plan = new("plan");
    private readonly StorageFixture _storage;
    private readonly SnapshotDateIndex _dates;
    private readonly ReportPointStore _points;
    private readonly ReportPoints _refresh;

    public ReportPointsTests(StorageFixture storage)
    {
        (_storage, _dates, _points) = (storage, new SnapshotDateIndex(storage.Tables), new ReportPointStore(storage.Tables));
        var logs = new RunLogs(new RunBlobs(storage.Blobs));
        var logged = new LoggedCount(
            logs, _dates, new DateWriters(storage.Tables), new BlockHistories(logs, new UndoStore(storage.Tables)));
        _refresh = new ReportPoints(_dates, _points, logged, new DateCount(storage.Tables));
    }

    [Fact]
    public async Task Date_that_only_this_run_wrote_has_the_runs_own_figures()
    {
        var product = new ProductId("own-date");
        await _dates.AddAsync(product, October, default);

        await RefreshAsync(product, Stats(5));

        Assert.Equal(5, (await PointAsync(product, Number)).Sum);
    }

    [Fact]
    public async Task Date_that_another_run_wrote_too_is_counted_from_what_is_stored()
    {
        var product = new ProductId("shared-date");
        await _dates.AddAsync(product, October, default);
        for (var i = 0; i < 40; i++) await StoreAsync(product, i, i, i % 4 == 0 ? "Enterprise" : "Starter");

        await RefreshAsync(product, null);

        var (number, plan) = (await PointAsync(product, Number), await PointAsync(product, Plan));
        Assert.Equal((40, 780.0, 0.0, 39.0, 19.5), (number.Accounts, number.Sum, number.Min, number.Max, number.Average));
        Assert.Equal([new TextCount("Starter", 30), new TextCount("Enterprise", 10)], plan.Counts);
    }

    [Fact]
    public async Task Figures_that_were_too_many_are_counted_from_what_is_stored()
    {
        var product = new ProductId("too-many");
        await _dates.AddAsync(product, October, default);
        await StoreAsync(product, 0, 3, "a");

        await RefreshAsync(product, null);

        Assert.Equal(3, (await PointAsync(product, Number)).Sum);
    }

    [Theory]
    [InlineData(1e308, 1.5e308, double.MaxValue, 1.25e308)]
    [InlineData(-double.MaxValue, -double.MaxValue, double.MinValue, double.MinValue)]
    public async Task Sum_past_the_largest_number_stays_there_and_its_average_is_right(
        double one, double other, double sum, double average)
    {
        var product = new ProductId("large-numbers");
        await _dates.AddAsync(product, October, default);
        await StoreAsync(product, 0, one, "a");
        await StoreAsync(product, 1, other, "a");
        var written = Stats(one);
        written[Number].Add(Stats(other)[Number]);

        foreach (var stats in new[] { written, null })
        {
            await RefreshAsync(product, stats);
            var point = await PointAsync(product, Number);
            Assert.Equal((sum, average, 2), (point.Sum, point.Average, point.Accounts));
        }
    }

    [Fact]
    public async Task Most_frequent_texts_are_exact_however_many_there_are()
    {
        var product = new ProductId("many-texts");
        var texts = PointStats.MaxTexts + 500;
        var entities = Enumerable.Range(0, texts + 2)
            .Select(i => new TableEntity(SnapshotKeys.Partition(i / 100, product, October), $"account-{i:D6}")
            {
                ["d_plan"] = i < texts ? $"text {i}" : "text 7",
            });
        await _storage.Tables.Snapshots.SubmitAsync(entities, TableTransactionActionType.UpsertMerge, default);

        await RefreshAsync(product, null);

        var point = await PointAsync(product, Plan);
        Assert.Equal((texts + 2, 20), (point.Accounts, point.Counts.Count));
        Assert.Equal(new TextCount("text 7", 3), point.Counts[0]);
        Assert.All(point.Counts.Skip(1), count => Assert.Equal(1, count.Count));
    }

    private static Dictionary<DimensionId, PointStats> Stats(double value)
    {
        var stats = new PointStats { Type = DataType.Numeric };
        stats.Add(UsageValue.Of(value));
        return new() { [Number] = stats };
    }

    private Task RefreshAsync(ProductId product, IReadOnlyDictionary<DimensionId, PointStats>? stats) => _refresh.RefreshAsync(
        product, new Dictionary<DateOnly, IReadOnlyDictionary<DimensionId, PointStats>?> { [October] = stats }, [Number, Plan], _ => null,
        default);

    private async Task<ReportPoint> PointAsync(ProductId product, DimensionId dimension)
    {
        var found = new List<ReportPoint>();
        await foreach (var point in _points.ListAsync(product, dimension, October, October, default)) found.Add(point);
        return Assert.Single(found);
    }

    private Task<Azure.Response> StoreAsync(ProductId product, int account, double number, string plan) =>
        _storage.Tables.Snapshots.UpsertEntityAsync(
        new TableEntity(SnapshotKeys.PartitionOf(account * 100, product, October), $"account-{account}")
        {
            ["d_number"] = number,
            ["d_plan"] = plan,
            ["run"] = "r",
            ["row"] = 1L
        });
}
