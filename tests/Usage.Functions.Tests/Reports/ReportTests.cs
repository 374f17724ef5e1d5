using Usage.Core.Ids;
using Usage.Core.Reports;
using Usage.Core.Values;
using Usage.Functions.Tests.Http;
using Usage.Storage.Snapshots;

namespace Usage.Functions.Tests.Reports;

/// <summary>A dimension over time, by the points that imports have left.</summary>
[Collection(ApiTestGroup.Name)]
public sealed class ReportTests(ApiHost api)
{
    private static readonly DateOnly October = new(2026, 10, 1);

    [Theory]
    [InlineData("reports/{0}-other/mau", "There is no product \"{0}-other\".")]
    [InlineData("reports/{0}/other", "There is no dimension \"other\".")]
    [InlineData("reports/{0}/MAU", "There is no dimension \"MAU\".")]
    [InlineData("reports/{0}%20/mau", "There is no product \"{0} \".")]
    public async Task What_is_not_there_is_named(string path, string detail)
    {
        var product = await ProductAsync("named");
        var answer = (await api.GetAsync(path.Replace("{0}", product, StringComparison.Ordinal))).Is(404);
        Assert.Equal(detail.Replace("{0}", product, StringComparison.Ordinal), answer.Json.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("from=2026-13-01", "invalid-value from")]
    [InlineData("to=01.10.2026", "invalid-value to")]
    [InlineData("from=2026-10-01&from=2026-11-01", "invalid-value from")]
    [InlineData("date=2026-10-01", "unknown-parameter date")]
    public async Task Dates_are_dates(string query, string error) =>
        Assert.Equal([error], (await api.GetAsync($"reports/{await ProductAsync("dated")}/mau?{query}")).Is(400).Errors);

    [Fact]
    public async Task Dimension_without_values_has_no_points()
    {
        var product = await ProductAsync("empty");
        Assert.Equal(
            $$"""{"product":"{{product}}","dimension":"mau","dataType":"numeric","points":[]}""",
            (await api.GetAsync($"reports/{product}/mau")).Is(200).Text);
        Assert.Empty(await DatesAsync($"reports/{product}/mau?from=2026-10-01&to=2026-09-01"));
    }

    [Theory]
    [InlineData("", "2026-10-01 2026-10-02 2026-11-01")]
    [InlineData("?from=2026-10-02", "2026-10-02 2026-11-01")]
    [InlineData("?to=2026-10-02", "2026-10-01 2026-10-02")]
    [InlineData("?from=2026-10-02&to=2026-10-02", "2026-10-02")]
    [InlineData("?from=2026-10-03&to=2026-10-31", "")]
    [InlineData("?from=2026-11-01&to=2026-10-01", "")]
    public async Task Bounds_are_included(string query, string dates)
    {
        var product = await ProductAsync("bounds");
        foreach (var date in new[] { October.AddMonths(1), October, October.AddDays(1) })
            await StoreAsync(product, "mau", Numeric(date, 2));
        Assert.Equal(dates, string.Join(' ', await DatesAsync($"reports/{product}/mau{query}")));
    }

    [Fact]
    public async Task Date_of_which_nothing_is_left_and_values_of_another_type_are_no_points()
    {
        var product = await ProductAsync("left");
        await StoreAsync(product, "mau", Numeric(October, 0));
        await StoreAsync(product, "mau", new ReportPoint { Date = October.AddDays(1), Type = DataType.Text, Accounts = 3 });
        await StoreAsync(product, "mau", Numeric(October.AddDays(2), 1));
        Assert.Equal(["2026-10-03"], await DatesAsync($"reports/{product}/mau"));
    }

    [Fact]
    public async Task Each_type_has_points_of_its_own_shape()
    {
        var product = await ProductAsync("shapes");
        (await api.PutAsync($"products/{product}/dimensions/plan", """{"name":"Plan","dataType":"text"}""")).Is(201);
        (await api.PutAsync($"products/{product}/dimensions/active", """{"name":"Active","dataType":"boolean"}""")).Is(201);
        await StoreAsync(product, "mau",
            new ReportPoint { Date = October, Type = DataType.Numeric, Accounts = 2, Sum = 5, Average = 2.5, Min = 1, Max = 4 });
        await StoreAsync(product, "plan",
            new ReportPoint { Date = October, Type = DataType.Text, Accounts = 2, Counts = [new TextCount("Pro", 2)] });
        await StoreAsync(product, "active", new ReportPoint { Date = October, Type = DataType.Boolean, Accounts = 3, True = 2 });

        Assert.Equal("""[{"date":"2026-10-01","accounts":2,"sum":5,"average":2.5,"min":1,"max":4}]""", await PointsAsync(product, "mau"));
        Assert.Equal("""[{"date":"2026-10-01","accounts":2,"counts":[{"value":"Pro","count":2}]}]""", await PointsAsync(product, "plan"));
        Assert.Equal("""[{"date":"2026-10-01","accounts":3,"true":2,"false":1}]""", await PointsAsync(product, "active"));
    }

    private static ReportPoint Numeric(DateOnly date, long accounts) =>
        new() { Date = date, Type = DataType.Numeric, Accounts = accounts };

    private Task StoreAsync(string product, string dimension, ReportPoint point) =>
        api.Get<ReportPointStore>().WriteAsync(new ProductId(product), [(new DimensionId(dimension), point)], default);

    private async Task<string> PointsAsync(string product, string dimension) =>
        (await api.GetAsync($"reports/{product}/{dimension}")).Is(200).Json.GetProperty("points").GetRawText();

    private async Task<IEnumerable<string?>> DatesAsync(string path) =>
        (await api.GetAsync(path)).Is(200).Json.GetProperty("points").EnumerateArray()
            .Select(point => point.GetProperty("date").GetString());

    private async Task<string> ProductAsync(string name)
    {
        var product = api.Unique(name);
        (await api.PutAsync($"products/{product}", """{"name":"Product","snapshotPeriod":"daily"}""")).Is(201);
        (await api.PutAsync($"products/{product}/dimensions/mau", """{"name":"MAU","dataType":"numeric"}""")).Is(201);
        return product;
    }
}
