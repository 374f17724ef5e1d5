using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Usage.Scenarios.App;

/// <summary>The app's API as a caller sees it: JSON in, JSON out.</summary>
internal sealed class Api(Uri url) : IDisposable
{
    public static readonly TimeSpan Patience = Scale.IsFull ? TimeSpan.FromMinutes(30) : Testing.Machine.Patience.Long;

    public HttpClient Http { get; } = new() { BaseAddress = url, Timeout = Patience };

    public async Task PutAsync(string path, object body)
    {
        using var answer = await Http.PutAsJsonAsync(path, body);
        Assert.True(answer.IsSuccessStatusCode, $"PUT {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await Http.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"GET {path}: {(int)answer.StatusCode} {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    public async Task<(int Status, JsonElement Body)> PostAsync(string path, string body, string type = "text/csv")
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        using var answer = await Http.PostAsync(path, content);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }

    /// <returns>The run's id.</returns>
    public async Task<string> UploadAsync(string integration, string name, string csv, bool force = false)
    {
        var (status, body) = await PostAsync($"integrations/{integration}/files?name={name}{(force ? "&force=true" : "")}", csv);
        Assert.True(status == 202, $"upload: {status} {body}");
        return body.GetProperty("runId").GetString()!;
    }

    /// <summary>The run once it has ended.</summary>
    public Task<JsonElement> EndOfAsync(string run) => UntilAsync(async () => await GetAsync($"runs/{run}"), HasEnded);

    /// <summary>The end of the only run of a blob, found by listing.</summary>
    public async Task<JsonElement> EndOfBlobAsync(string blob)
    {
        var found = await UntilAsync(
            async () => (await GetAsync($"runs?top=1000&search={Uri.EscapeDataString(blob)}")).GetProperty("items").EnumerateArray()
                .FirstOrDefault(run => run.GetProperty("blob").GetString() == blob),
            run => run.ValueKind == JsonValueKind.Object && HasEnded(run));
        return found;
    }

    public async Task<JsonElement> ImportAsync(string integration, string name, string csv, bool force = false) =>
        await EndOfAsync(await UploadAsync(integration, name, csv, force));

    /// <summary>Runs a function now, as its trigger would.</summary>
    /// <param name="input">The blob's path with its container, for a blob function.</param>
    public async Task TriggerAsync(string function, string input = "")
    {
        using var content = JsonContent.Create(new { input });
        using var answer = await Http.PostAsync(new Uri(Http.BaseAddress!, $"/admin/functions/{function}"), content);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.StatusCode);
    }

    public static async Task<T> UntilAsync<T>(Func<Task<T>> look, Func<T, bool> holds)
    {
        for (var waited = Stopwatch.StartNew(); ;)
        {
            var seen = await look();
            if (holds(seen)) return seen;
            Assert.True(waited.Elapsed < Patience, $"still {seen}");
            await Task.Delay(PauseAfter(waited.Elapsed));
        }
    }

    /// <summary>What takes long is looked for less and less often: looking takes time from what is waited for.</summary>
    private static TimeSpan PauseAfter(TimeSpan waited) =>
        TimeSpan.FromMilliseconds(Math.Clamp(waited.TotalMilliseconds / 8, 25, 500));

    public void Dispose() => Http.Dispose();

    private static bool HasEnded(JsonElement run) => run.GetProperty("status").GetString() is not ("queued" or "running");
}
