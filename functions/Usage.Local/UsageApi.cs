using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Usage.Core;
using Usage.Core.Ids;
using Usage.Core.Runs;

namespace Usage.Local;

/// <summary>The app's HTTP API, as far as this program calls it.</summary>
public sealed class UsageApi(Uri app) : IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = new Uri(app, "api/"), Timeout = TimeSpan.FromMinutes(30) };

    public Uri App { get; } = app;

    public void Dispose() => http.Dispose();

    public async Task<bool> IsHealthyAsync(CancellationToken cancel)
    {
        try
        {
            using var answer = await http.GetAsync("health", cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public async Task WaitUntilHealthyAsync(CancellationToken cancel)
    {
        while (!await IsHealthyAsync(cancel)) await Task.Delay(100, cancel);
    }

    /// <summary>Makes what isn't there yet; what is there stays as it is, edits of it included.</summary>
    public async Task PutIfMissingAsync(string path, JsonObject body, CancellationToken cancel)
    {
        using var found = await SendAsync(HttpMethod.Get, path, null, cancel);
        if (found.StatusCode != HttpStatusCode.NotFound)
        {
            await RequireAsync(found, path, cancel);
            return;
        }

        await PutAsync(path, body, cancel);
    }

    public async Task PutAsync(string path, JsonObject body, CancellationToken cancel)
    {
        using var made = await SendAsync(HttpMethod.Put, path, JsonContent.Create(body), cancel);
        await RequireAsync(made, path, cancel);
    }

    public async Task<JsonNode> GetAsync(string path, CancellationToken cancel)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, null, cancel);
        await RequireAsync(answer, path, cancel);
        return (await answer.Content.ReadFromJsonAsync<JsonNode>(cancel))!;
    }

    public async Task<Run> GetRunAsync(RunId run, CancellationToken cancel)
    {
        using var answer = await SendAsync(HttpMethod.Get, $"runs/{run}", null, cancel);
        await RequireAsync(answer, "run", cancel);
        return (await answer.Content.ReadFromJsonAsync<Run>(CoreJson.Options, cancel))!;
    }

    /// <summary>The newest run of this blob of this integration, or null while there is none.</summary>
    public async Task<RunId?> FindRunAsync(string integration, string blob, CancellationToken cancel)
    {
        var page = await GetAsync($"runs?integration={Uri.EscapeDataString(integration)}&top=50", cancel);
        var found = page["items"]!.AsArray().FirstOrDefault(run => (string?)run!["blob"] == blob);
        return found is null ? null : new RunId((string)found["id"]!);
    }

    public async Task<RunId> UploadAsync(string integration, string name, Stream content, CancellationToken cancel)
    {
        var path = $"integrations/{Uri.EscapeDataString(integration)}/files?name={Uri.EscapeDataString(name)}";
        using var answer = await SendAsync(HttpMethod.Post, path, new StreamContent(content, 1 << 18), cancel);
        await RequireAsync(answer, "upload", cancel);
        return new RunId((string)(await answer.Content.ReadFromJsonAsync<JsonNode>(cancel))!["runId"]!);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancel)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = content };
            return await http.SendAsync(request, cancel);
        }
        catch (HttpRequestException)
        {
            throw new LocalException(
                $"No app answers on {App}: start it with `dotnet run --project functions/Usage.Local`, or name its port with --port.");
        }
    }

    private static async Task RequireAsync(HttpResponseMessage answer, string what, CancellationToken cancel)
    {
        if (answer.IsSuccessStatusCode) return;
        var text = await answer.Content.ReadAsStringAsync(cancel);
        throw new LocalException($"{what}: {Explain(text) ?? $"the app answered {(int)answer.StatusCode}"}");
    }

    private static string? Explain(string problem)
    {
        try
        {
            var node = JsonNode.Parse(problem);
            var errors = node?["errors"]?.AsArray().Select(e => (string?)e?["message"]).Where(m => m is not null).ToArray() ?? [];
            return errors.Length > 0 ? string.Join("; ", errors) : (string?)node?["detail"] ?? (string?)node?["title"];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
