using System.Text.Json;
using Usage.Scenarios.App;

namespace Usage.Scenarios.HttpApi.Configuration;

/// <summary>
/// Two months of three accounts: 0 has 100 then 150 users and Starter then =Enterprise, 1 has 100 then 50 and Starter then Pro, 2 has 25
/// twice and Pro
/// then Starter; they are active true, true, false and then true, false, true. Account 3 has no usage.
/// </summary>
[Collection(SharedApp.Name)]
public sealed class SegmentTests(AppFixture app, SegmentTests.OneSet one) : IClassFixture<SegmentTests.OneSet>
{
    public static TheoryData<string?, string, string> Cases => new()
    {
        (null, "mau eq 150", "0"), (null, "mau ne 150", "1 2"), (null, "mau lt 50", "2"), (null, "mau le 50", "1 2"),
        (null, "mau gt 50", "0"), (null, "mau ge 50", "0 1"),
        (null, "mau exists", "0 1 2"), (null, "mau missing", "3"), (null, "mau eq 25.0", "2"), (null, "mau gt -1e3", "0 1 2"),
        (null, "mau changePercentGt 40", "0"), (null, "mau changePercentGt 50", ""), (null, "mau changePercentLt -40", "1"),
        (null, "mau changePercentGt -1", "0 2"),
        (null, "plan contains \"ENTER\"", "0"), (null, "plan eq \"Starter\"", "2"), (null, "plan ne \"Pro\"", "0 2"),
        (null, "plan lt \"Q\"", "0 1"), (null, "plan missing", "3"),
        (null, "active eq false", "1"), (null, "active ne false", "0 2"), (null, "active exists", "0 1 2"),
        ("2024-01-01", "mau gt 50", "0 1"), ("2024-01-01", "plan contains \"pro\"", "2"), ("2024-01-01", "mau missing", "3"),
        ("2024-01-01", "mau changePercentGt -100", ""),
        ("2024-02-01", "mau changePercentLt -40", "1"), ("2024-03-01", "mau exists", ""), ("2024-03-01", "mau missing", "0 1 2 3"),
        (null, "mau ge 50 & active eq true", "0"), (null, "mau missing & plan missing", "3"), (null, "mau ge 50 & plan missing", ""),
    };

    private HttpClient Http => app.Api.Http;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Segment_is_the_accounts_that_meet_all_its_conditions(string? date, string condition, string accounts)
    {
        var found = await FindAsync(Body(one.Set, condition), date);
        found.RemoveAll(id => !id.StartsWith($"{one.Set.Product}-a", StringComparison.Ordinal));
        Assert.Equal(accounts, string.Join(' ', found.Select(id => id[^1])));
    }

    [Fact]
    public async Task Segment_of_a_date_is_told_page_by_page()
    {
        var set = await UsageSet.MakeAsync(app);
        var path = $"segments/{set.Product}";
        (await ApiCall.SendAsync(
            Http, "PUT", path,
            $$"""{"name":"January","all":[{"product":"{{set.Product}}","dimension":"mau","op":"gt","value":0}]}""")).Is(201);
        var page = (await GetAsync($"{path}/accounts?date=2024-01-01&top=2")).Is(200).Json;
        Assert.Equal(100, page.GetProperty("items")[0].GetProperty("values").GetProperty("mau").GetDouble());
        var rest = (await GetAsync($"{path}/accounts?date=2024-01-01&top=2&after={page.GetProperty("next").GetString()}")).Json;
        Assert.Equal(set.Account(2),
            Assert.Single(rest.GetProperty("items").EnumerateArray()).GetProperty("account").GetProperty("id").GetString());
        (await ApiCall.SendAsync(Http, "DELETE", $"products/{set.Product}/dimensions/mau")).Is(409);
        (await ApiCall.SendAsync(
            Http, "POST", "segments/preview",
            $$"""{"name":"S","all":[{"product":"{{set.Product}}","dimension":"mau","op":"contains","value":"x"}]}""")).Is(400);
        (await ApiCall.SendAsync(
            Http, "POST", "segments/preview",
            $$"""{"name":"S","all":[{"product":"{{set.Product}}","dimension":"none","op":"exists"}]}""")).Is(409);
    }

    [Fact]
    public async Task Values_of_two_products_are_told_apart()
    {
        var (one, two) = (await UsageSet.MakeAsync(app), await UsageSet.MakeAsync(app));
        var body = $$"""{"all":[{"product":"{{one.Product}}","dimension":"mau","op":"exists"},{"product":"{{two.Product}}","dimension":"mau","op":"missing"},{"product":"{{one.Product}}","dimension":"plan","op":"exists"}]}""";
        var item = (await ApiCall.SendAsync(Http, "POST", "segments/preview", body)).Is(200).Json.GetProperty("items")[0];
        Assert.Equal([$"{one.Product}.mau", "plan"], item.GetProperty("values").EnumerateObject().Select(value => value.Name));
    }

    private static string Body(UsageSet set, string conditions)
    {
        var all = conditions.Split(" & ").Select(condition => condition.Split(' ', 3)).Select(parts =>
            $$"""{"product":"{{set.Product}}","dimension":"{{parts[0]}}","op":"{{parts[1]}}"{{(parts.Length < 3 ? "" : $",\"value\":{parts[2]}")}}}""");
        return $$"""{"name":"S","all":[{{string.Join(',', all)}}]}""";
    }

    private async Task<List<string>> FindAsync(string body, string? date)
    {
        var (found, after) = (new List<string>(), "");
        while (true)
        {
            var page = (await ApiCall.SendAsync(
                Http, "POST", $"segments/preview?top=1000{(date is null ? "" : $"&date={date}")}{after}", body)).Is(200).Json;
            found.AddRange(page.GetProperty("items").EnumerateArray()
                .Select(item => item.GetProperty("account").GetProperty("id").GetString()!));
            if (page.GetProperty("next").ValueKind == JsonValueKind.Null) return found;
            after = $"&after={page.GetProperty("next").GetString()}";
        }
    }

    private Task<ApiCall> GetAsync(string path) => ApiCall.SendAsync(Http, "GET", path);

    /// <summary>The same for all conditions, which only read it.</summary>
    public sealed class OneSet(AppFixture app) : IAsyncLifetime
    {
        internal UsageSet Set { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Set = await UsageSet.MakeAsync(app);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
