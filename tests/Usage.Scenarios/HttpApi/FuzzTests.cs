using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Usage.Scenarios.App;

namespace Usage.Scenarios.HttpApi;

/// <summary>Malformed requests by the thousand: each is answered as the caller's mistake, none as ours.</summary>
[Collection(SharedApp.Name)]
public sealed class FuzzTests(AppFixture app)
{
    private const int Requests = 20_000;
    private const int Seed = 20261122;

    private static readonly string[] Places =
    [
        "PUT products/{0}", "PUT products/fuzz/dimensions/{0}", "PUT integrations/{0}", "PUT accounts/{0}", "PUT segments/{0}", "POST segments/preview", "POST test-runs",
        "GET products/{0}", "GET accounts/{0}/usage", "GET reports/{0}/x", "GET runs/{0}", "GET runs/{0}/rejected.csv", "GET test-runs/{0}", "DELETE accounts/{0}", "POST runs/{0}/cancel",
        "GET runs?status={0}", "GET accounts?top={0}", "GET products?after={0}", "GET products/fuzz/snapshots?date={0}", "GET products/fuzz/snapshot-date?arrivedAt={0}", "GET unmatched?integration={0}",
        "POST integrations/fuzz/files?name={0}", "POST accounts/import",
    ];

    [Fact]
    public async Task Malformed_requests_are_the_callers_mistakes()
    {
        var wrong = new ConcurrentBag<string>();
        await Parallel.ForAsync(0, Requests, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, cancel) =>
        {
            var random = new Random(Seed + i);
            var place = Places[random.Next(Places.Length)].Split(' ');
            var path = string.Format(System.Globalization.CultureInfo.InvariantCulture, place[1], Malformed.Id(random));
            using var request = new HttpRequestMessage(new HttpMethod(place[0]), new Uri(app.Api.Http.BaseAddress + path));
            if (place[0] is "PUT" or "POST")
            {
                request.Content = new ByteArrayContent(Malformed.Body(random));
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            }

            using var answer = await app.Api.Http.SendAsync(request, cancel);
            var text = await answer.Content.ReadAsStringAsync(cancel);
            if ((int)answer.StatusCode is < 400 or >= 500 || text.Contains("   at ", StringComparison.Ordinal))
                wrong.Add($"request {i}, {request.Method} {path}: {(int)answer.StatusCode} {text[..Math.Min(300, text.Length)]}");
        });
        Assert.True(wrong.IsEmpty, $"{wrong.Count} of {Requests}:\n{string.Join('\n', wrong.Take(10))}\n{app.Log}");
        Assert.Equal("healthy", (await app.Api.GetAsync("health")).GetProperty("status").GetString());
    }
}
