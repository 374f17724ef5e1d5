using System.Text;
using System.Text.Json;
using Usage.Functions.Tests.Http;

namespace Usage.Functions.Tests.Reports;

/// <summary>Which accounts meet the conditions of a segment.</summary>
[Collection(OneSetGroup.Name)]
public sealed class SegmentTests(OneSet one)
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
        var path = $"segments/{one.Set.Product}";
        var body = $$"""{"name":"January","all":[{"product":"{{one.Set.Product}}","dimension":"mau","op":"gt","value":0}]}""";
        (await one.Set.Api.PutAsync(path, body)).Is(201);
        var page = (await one.Set.Api.GetAsync($"{path}/accounts?date=2024-01-01&top=2")).Is(200).Json;
        Assert.Equal(100, page.GetProperty("items")[0].GetProperty("values").GetProperty("mau").GetDouble());
        var rest = (await one.Set.Api.GetAsync($"{path}/accounts?date=2024-01-01&top=2&after={page.GetProperty("next").GetString()}")).Json;
        Assert.Equal(one.Set.Account(2),
            Assert.Single(rest.GetProperty("items").EnumerateArray()).GetProperty("account").GetProperty("id").GetString());
        (await one.Set.Api.GetAsync($"{path}-other/accounts")).Is(404);
    }

    [Theory]
    [InlineData("mau contains \"x\"", 400, "invalid all[0].op")]
    [InlineData("none exists", 409, "unknown-dimension all[0].dimension")]
    public async Task Condition_that_can_not_be_is_refused(string condition, int status, string error) =>
        Assert.Equal([error], (await PreviewAsync(Body(one.Set, condition))).Is(status).Errors);

    /// <summary>The other product has a dimension of the same id, and no values.</summary>
    [Fact]
    public async Task Values_of_two_products_are_told_apart()
    {
        var other = $"{one.Set.Product}-other";
        (await one.Set.Api.PutAsync($"products/{other}", """{"name":"Other","snapshotPeriod":"monthly"}""")).Is(201);
        (await one.Set.Api.PutAsync($"products/{other}/dimensions/mau", """{"name":"MAU","dataType":"numeric"}""")).Is(201);
        var body = $$"""
            {"all":[{"product":"{{one.Set.Product}}","dimension":"mau","op":"exists"},
                    {"product":"{{other}}","dimension":"mau","op":"missing"},
                    {"product":"{{one.Set.Product}}","dimension":"plan","op":"exists"}]}
            """;
        var item = (await PreviewAsync(body)).Is(200).Json.GetProperty("items")[0];
        Assert.Equal([$"{one.Set.Product}.mau", "plan"], item.GetProperty("values").EnumerateObject().Select(value => value.Name));
    }

    private static string Body(UsageSet set, string conditions)
    {
        var all = conditions.Split(" & ").Select(condition => condition.Split(' ', 3)).Select(parts =>
        {
            var value = parts.Length < 3 ? "" : $",\"value\":{parts[2]}";
            return $$"""{"product":"{{set.Product}}","dimension":"{{parts[0]}}","op":"{{parts[1]}}"{{value}}}""";
        });
        return $$"""{"name":"S","all":[{{string.Join(',', all)}}]}""";
    }

    private async Task<List<string>> FindAsync(string body, string? date)
    {
        var (found, after) = (new List<string>(), "");
        while (true)
        {
            var page = (await PreviewAsync(body, $"?top=1000{(date is null ? "" : $"&date={date}")}{after}")).Is(200).Json;
            found.AddRange(page.GetProperty("items").EnumerateArray()
                .Select(item => item.GetProperty("account").GetProperty("id").GetString()!));
            if (page.GetProperty("next").ValueKind == JsonValueKind.Null) return found;
            after = $"&after={page.GetProperty("next").GetString()}";
        }
    }

    private Task<ApiAnswer> PreviewAsync(string body, string query = "") =>
        one.Set.Api.SendAsync("POST", $"segments/preview{query}", Encoding.UTF8.GetBytes(body));
}
