using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Usage.Published.Host;

namespace Usage.Published.Tests;

public sealed class PublishedAppTests(PublishedApp app)
{
    [Fact]
    public async Task A_file_goes_the_whole_way()
    {
        await SetUpAsync("whole");

        var run = await UploadAsync("whole", "customer_id,mau\nwhole,500\nnobody,7\nwhole,N/A\n");
        var usage = await app.Api.GetFromJsonAsync<JsonNode>("accounts/whole/usage");

        Assert.Equal(
            ("partiallySucceeded", 3, 1, 1, 1),
            ((string)run["status"]!, (int)run["rows"]!["read"]!, (int)run["rows"]!["recorded"]!, (int)run["rows"]!["unmatched"]!, (int)run["rows"]!["invalid"]!));
        Assert.Equal(500, (double)usage!["products"]![0]!["snapshots"]![0]!["values"]!["mau"]!);
        Assert.Empty(app.Hub.Failures);
        Assert.Empty(app.Link.Complaints);
    }

    [Fact]
    public async Task A_file_of_many_batches_fans_out_and_in()
    {
        await SetUpAsync("many");
        // Above the 30 MB that ASP.NET Core takes by itself, and several batches of 4 MiB.
        var row = "many,1" + new string(' ', 1000) + "\n";
        var rows = 40_000;

        var run = await UploadAsync("many", "customer_id,mau\n" + new StringBuilder().Insert(0, row, rows));

        Assert.Equal(("succeeded", rows), ((string)run["status"]!, (int)run["rows"]!["read"]!));
        Assert.Empty(app.Hub.Failures);
    }

    [Fact]
    public async Task An_event_of_a_blob_starts_its_run()
    {
        await SetUpAsync("event");
        await new BlobContainerClient(app.Storage, "imports").UploadBlobAsync("event/october.csv", BinaryData.FromString("customer_id,mau\nevent,900\n"));

        var answer = await app.Link.TellOfBlobAsync("imports", "event/october.csv");

        Assert.False(WorkerLink.HasFailed(answer), answer.ToJsonString());
        var runs = await EventuallyAsync("runs?integration=event", found => found["items"]!.AsArray().Count == 1 && HasEnded(found["items"]![0]!));
        Assert.Equal("succeeded", (string)runs["items"]![0]!["status"]!);
    }

    [Fact]
    public async Task A_test_run_shows_what_would_change()
    {
        await SetUpAsync("test");
        using var answer = await app.Api.PostAsync("test-runs?integration=test", new StringContent("customer_id,mau\ntest,5\n", Encoding.UTF8, "text/csv"));

        var run = await EventuallyAsync($"test-runs/{(string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["runId"]!}", HasEnded);

        Assert.Equal(("succeeded", 1), ((string)run["status"]!, (int)run["changes"]!["new"]!));
    }

    [Fact]
    public async Task Timers_do_what_they_are_for()
    {
        foreach (var timer in app.Link.Functions.Where(function => function.Kind == "timerTrigger"))
        {
            var answer = await app.Link.TellOfTimeAsync(timer);
            Assert.False(WorkerLink.HasFailed(answer), answer.ToJsonString());
        }

        for (var tries = 0; tries < 300 && !(app.Hub.Ended.Contains("Sweep") && app.Hub.Ended.Contains("Purge")); tries++) await Task.Delay(100);
        Assert.Contains("Sweep", app.Hub.Ended);
        Assert.Contains("Purge", app.Hub.Ended);
        Assert.Empty(app.Hub.Failures);
        Assert.Empty(app.Link.Complaints);
    }

    [Fact]
    public async Task What_is_wrong_is_told_as_a_problem()
    {
        using var answer = await app.Api.PutAsJsonAsync("products/nonsense", new { nam = 1 });

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    private static bool HasEnded(JsonNode run) => (string)run["status"]! is not ("queued" or "running");

    private async Task SetUpAsync(string id)
    {
        await PutAsync($"products/{id}", new { name = id, snapshotPeriod = "monthly" });
        await PutAsync($"accounts/{id}", new { name = id, crmId = id, domains = Array.Empty<string>(), aliases = Array.Empty<string>() });
        var mau = new { column = "mau", dimension = "mau", create = new { name = "MAU", dataType = "numeric" } };
        await PutAsync($"integrations/{id}", new
        {
            name = id,
            match = new[] { new { by = "crmId", column = "customer_id" } },
            products = new[] { new { product = id, dimensions = new[] { mau } } },
        });
    }

    private async Task PutAsync(string path, object body)
    {
        using var answer = await app.Api.PutAsJsonAsync(path, body);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    private async Task<JsonNode> UploadAsync(string integration, string csv)
    {
        using var answer = await app.Api.PostAsync($"integrations/{integration}/files?name=october.csv", new StringContent(csv, Encoding.UTF8, "text/csv"));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return await EventuallyAsync($"runs/{(string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["runId"]!}", HasEnded);
    }

    private async Task<JsonNode> EventuallyAsync(string path, Func<JsonNode, bool> condition)
    {
        for (var tries = 0; tries < 300; tries++)
        {
            if (await app.Api.GetFromJsonAsync<JsonNode>(path) is { } found && condition(found)) return found;
            await Task.Delay(100);
        }

        throw new TimeoutException($"{path}; failures: {string.Join('\n', app.Hub.Failures)}");
    }
}
