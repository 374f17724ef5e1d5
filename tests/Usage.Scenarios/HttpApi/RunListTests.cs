using System.Globalization;
using System.Text.Json;
using Usage.Scenarios.App;

namespace Usage.Scenarios.HttpApi;

/// <summary>Each filter of the list of runs finds the runs that it says, and the count is theirs.</summary>
[Collection(SharedApp.Name)]
public sealed class RunListTests(AppFixture app)
{
    [Fact]
    public async Task Each_filter_finds_its_runs_and_counts_them()
    {
        var set = await UsageSet.MakeAsync(app);
        var failed = await app.Api.UploadAsync(set.Product, "Empty Ones.csv", "\n");
        await app.Api.EndOfAsync(failed);
        var today = DateTimeOffset.UtcNow;

        Assert.Equal([failed, set.Run], await FoundAsync(set, ""));
        Assert.Equal([failed, set.Run], await FoundAsync(set, "&status=failed,partiallySucceeded"));
        Assert.Equal([failed], await FoundAsync(set, "&status=failed"));
        Assert.Empty(await FoundAsync(set, "&status=cancelled,duplicate"));
        Assert.Equal([failed], await FoundAsync(set, "&search=empty+ones"));
        Assert.Equal([set.Run], await FoundAsync(set, $"&search={set.Run[..^2].ToUpperInvariant()}"));
        Assert.Equal([failed, set.Run], await FoundAsync(set, "&by=local"));
        Assert.Empty(await FoundAsync(set, "&by=drop"));
        Assert.Equal([failed, set.Run], await FoundAsync(set, $"&from={Date(today, -1)}&to={Date(today, 1)}"));
        Assert.Empty(await FoundAsync(set, $"&from={Date(today, 2)}"));
        Assert.Empty(await FoundAsync(set, $"&to={Date(today, -2)}"));
    }

    [Fact]
    public async Task What_the_caller_has_already_is_not_sent_again()
    {
        var set = await UsageSet.MakeAsync(app);
        using var first = await app.Api.Http.GetAsync($"runs/{set.Run}");
        using var again = new HttpRequestMessage(HttpMethod.Get, $"runs/{set.Run}");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var answer = await app.Api.Http.SendAsync(again);

        Assert.Equal(System.Net.HttpStatusCode.NotModified, answer.StatusCode);
    }

    private async Task<List<string>> FoundAsync(UsageSet set, string filter)
    {
        var page = await app.Api.GetAsync($"runs?integration={set.Product}{filter}&count=true");
        var found = page.GetProperty("items").EnumerateArray().Select(run => run.GetProperty("id").GetString()!).ToList();
        Assert.Equal(found.Count, page.GetProperty("count").GetInt64());
        Assert.Equal(JsonValueKind.Null, page.GetProperty("next").ValueKind);
        return found;
    }

    private static string Date(DateTimeOffset day, int after) => day.AddDays(after).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
