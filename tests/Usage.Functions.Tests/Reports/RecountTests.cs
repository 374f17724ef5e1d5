namespace Usage.Functions.Tests.Reports;

/// <summary>What an import has left, told by reports, and locked.</summary>
[Collection(OneSetGroup.Name)]
public sealed class RecountTests(OneSet one)
{
    [Fact]
    public async Task Report_equals_a_recount_of_what_is_stored()
    {
        var set = one.Set;
        var stored = new List<(string Date, double Value)>();
        for (var i = 0; i < 3; i++)
            foreach (var snapshot in (await set.Api.GetAsync($"accounts/{set.Account(i)}/usage")).Is(200).Json.GetProperty("products")[0]
                .GetProperty("snapshots").EnumerateArray())
                stored.Add((snapshot.GetProperty("date").GetString()!, snapshot.GetProperty("values").GetProperty("mau").GetDouble()));

        Assert.Equal(
            stored.GroupBy(one => one.Date, one => one.Value).OrderBy(date => date.Key, StringComparer.Ordinal)
                .Select(date => (date.Key, (long)date.Count(), date.Sum(), date.Average(), date.Min(), date.Max())),
            (await set.Api.GetAsync($"reports/{set.Product}/mau")).Is(200).Json.GetProperty("points").EnumerateArray().Select(point => (
                point.GetProperty("date").GetString()!, point.GetProperty("accounts").GetInt64(), point.GetProperty("sum").GetDouble(),
                point.GetProperty("average").GetDouble(), point.GetProperty("min").GetDouble(), point.GetProperty("max").GetDouble())));
        Assert.Equal("""[{"date":"2024-01-01","accounts":3,"true":2,"false":1}]""", await PointsAsync(set, "active?to=2024-01-31"));
        Assert.Equal(
            """[{"date":"2024-01-01","accounts":3,"counts":[{"value":"Starter","count":2},{"value":"Pro","count":1}]}]""",
            await PointsAsync(set, "plan?to=2024-01-31"));
    }

    [Fact]
    public async Task Period_and_types_are_locked_once_there_are_snapshots()
    {
        var set = one.Set;
        var product = $"products/{set.Product}";
        Assert.Equal(["period-locked snapshotPeriod"],
            (await set.Api.PutAsync(product, """{"name":"P","snapshotPeriod":"daily"}""")).Is(409).Errors);
        Assert.Equal(["type-locked dataType"],
            (await set.Api.PutAsync($"{product}/dimensions/mau", """{"name":"MAU","dataType":"text"}""")).Is(409).Errors);
        (await set.Api.PutAsync($"{product}/dimensions/mau", """{"name":"Users","dataType":"numeric","aggregate":"max"}""")).Is(200);
        // Its integration and segments of other tests speak against it too.
        Assert.Contains($"product \"{set.Product}\" has snapshots",
            (await set.Api.DeleteAsync(product)).Is(409).Json.GetProperty("errors").EnumerateArray()
                .Select(error => error.GetProperty("message").GetString()));
    }

    private static async Task<string> PointsAsync(UsageSet set, string query) =>
        (await set.Api.GetAsync($"reports/{set.Product}/{query}")).Is(200).Json.GetProperty("points").GetRawText();
}
