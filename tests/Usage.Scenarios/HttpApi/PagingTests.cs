using System.Text.Json;
using Usage.Scenarios.App;

namespace Usage.Scenarios.HttpApi;

/// <summary>Every list, read in parts: nothing missing, nothing twice, the same order, and no page after the last.</summary>
[Collection(SharedApp.Name)]
public sealed class PagingTests(AppFixture app)
{
    [Fact]
    public async Task Parts_of_each_list_are_the_list()
    {
        var set = await UsageSet.MakeAsync(app);
        await app.Api.ImportAsync(
            set.Product, "second.csv",
            $"id,day,mau,plan,active\n{set.Product}-0,2024-03-15,1,,\n{set.Product}-77,2024-01-15,1,,\n{set.Product}-78,2024-01-15,1,,\n");
        (await ApiCall.SendAsync(app.Api.Http, "PUT", $"products/{set.Product}-2", """{"name":"Second"}""")).Is(201);
        (await ApiCall.SendAsync(app.Api.Http, "PUT", $"segments/{set.Product}", Segment(set))).Is(201);
        (await ApiCall.SendAsync(app.Api.Http, "PUT", $"segments/{set.Product}-2", Segment(set))).Is(201);
        (await ApiCall.SendAsync(
            app.Api.Http, "PUT", $"integrations/{set.Product}",
            $$"""
            {"name":"Second","match":[{"by":"crmId","column":"id"}],
             "products":[{"product":"{{set.Product}}","dimensions":[{"column":"mau","dimension":"mau"}]}]}
            """)).Is(200);
        foreach (var _ in new int[2])
            (await ApiCall.SendAsync(app.Api.Http, "POST", $"test-runs?integration={set.Product}", "id,mau\n", "text/csv")).Is(202);

        await HoldAsync("products", 2);
        await HoldAsync("integrations", 1);
        await HoldAsync($"integrations/{set.Product}/versions", 2);
        await HoldAsync($"accounts?search={set.Product}", 4);
        await HoldAsync($"runs?integration={set.Product}", 2);
        await HoldAsync($"runs?integration={set.Product}&status=partiallySucceeded", 2);
        await HoldAsync($"test-runs?integration={set.Product}", 2);
        await HoldAsync($"products/{set.Product}/snapshots?date=2024-01-01", 3);
        await HoldAsync("segments", 2);
        await HoldAsync($"segments/{set.Product}/accounts?date=2024-01-01", 3);
        await HoldAsync($"unmatched?integration={set.Product}", 3);
        await HoldAsync("segments/preview?date=2024-01-01", 3, Segment(set));
    }

    private static string Segment(UsageSet set) =>
        $$"""{"name":"S","all":[{"product":"{{set.Product}}","dimension":"mau","op":"exists"}]}""";

    private async Task HoldAsync(string path, int atLeast, string? body = null)
    {
        var whole = await PageAsync($"{path}{(path.Contains('?') ? '&' : '?')}top=1000", body);
        var items = Items(whole);
        Assert.True(items.Count >= atLeast, $"{path}: {whole}");
        Assert.Equal(JsonValueKind.Null, whole.GetProperty("next").ValueKind);
        // All in one full page too, and one by one where that takes no longer than it is worth.
        foreach (var top in new[] { 1, 2, items.Count }.Where(top => items.Count / top < 20))
        {
            var (read, after) = (new List<string>(), "");
            while (read.Count <= items.Count)
            {
                var page = await PageAsync($"{path}{(path.Contains('?') ? '&' : '?')}top={top}{after}", body);
                read.AddRange(Items(page));
                if (page.GetProperty("next").GetString() is not { } next) break;
                Assert.Equal(top, page.GetProperty("items").GetArrayLength());
                after = $"&after={next}";
            }

            Assert.Equal(items, read);
        }
    }

    private async Task<JsonElement> PageAsync(string path, string? body) =>
        (await ApiCall.SendAsync(app.Api.Http, body is null ? "GET" : "POST", path, body)).Is(200).Json;

    // Runs change until they have ended, so they go by their ids.
    private static List<string> Items(JsonElement page) =>
        [.. page.GetProperty("items").EnumerateArray()
            .Select(item => item.TryGetProperty("status", out _) ? item.GetProperty("id").GetString()! : item.GetRawText())];
}
