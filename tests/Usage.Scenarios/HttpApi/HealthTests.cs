using Usage.Local.Azurite;
using Usage.Testing.App;
using Usage.Testing.Machine;

namespace Usage.Scenarios.HttpApi;

/// <summary>What the app says when its storage is gone.</summary>
public sealed class HealthTests
{
    [SlowFact]
    public async Task Storage_that_is_gone_is_told_and_nothing_of_the_inside()
    {
        await using var azurite = await AzuriteProcess.StartAsync();
        await using (var app = await RunningApp.StartAsync(azurite.ConnectionString))
        {
            using var http = new HttpClient { BaseAddress = app.Url, Timeout = Patience.Long };
            Assert.Equal("""{"status":"healthy","dependencies":{"tables":"healthy","blobs":"healthy"}}""",
                (await ApiCall.SendAsync(http, "GET", "health")).Is(200).Text);

            await azurite.StopAsync();

            Assert.Equal("""{"status":"unhealthy","dependencies":{"tables":"unhealthy","blobs":"unhealthy"}}""",
                (await ApiCall.SendAsync(http, "GET", "health")).Is(503).Text);
            var answer = (await ApiCall.SendAsync(http, "GET", "products")).Is(503);
            Assert.Equal(("application/problem+json", "storage-unavailable"), (answer.MediaType, Assert.Single(answer.Errors)));
            Assert.DoesNotContain("127.0.0.1", answer.Text, StringComparison.Ordinal);
        }
    }
}
