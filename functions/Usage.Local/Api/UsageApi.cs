using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Usage.Core;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Local.Machine;

namespace Usage.Local.Api;

/// <summary>The app's HTTP API, as far as this program calls it.</summary>
public sealed class UsageApi : IDisposable
{
    private readonly HttpClient _http;

    public UsageApi(Uri app)
    {
        App = app;
        _http = new() { BaseAddress = new Uri(app, "api/"), Timeout = TimeSpan.FromMinutes(30) };
        // Needed where the app lets nobody in without a key, on this machine either.
        if (Environment.GetEnvironmentVariable("Usage__Access__AdminKey") is { Length: > 0 } key)
            _http.DefaultRequestHeaders.Add("x-functions-key", key);
    }

    public Uri App { get; }

    public void Dispose() => _http.Dispose();

    public async Task<bool> IsHealthyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.GetAsync("health", cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public async Task WaitUntilHealthyAsync(CancellationToken cancellationToken)
    {
        while (!await IsHealthyAsync(cancellationToken)) await Task.Delay(100, cancellationToken);
    }

    /// <summary>Makes what isn't there yet; what is there stays as it is, edits of it included.</summary>
    public async Task PutIfMissingAsync(string path, JsonObject body, CancellationToken cancellationToken)
    {
        using var found = await SendAsync(HttpMethod.Get, path, null, cancellationToken);
        if (found.StatusCode != HttpStatusCode.NotFound)
        {
            await RequireAsync(found, path, cancellationToken);
            return;
        }

        await PutAsync(path, body, cancellationToken);
    }

    public async Task PutAsync(string path, JsonObject body, CancellationToken cancellationToken)
    {
        using var made = await SendAsync(HttpMethod.Put, path, JsonContent.Create(body), cancellationToken);
        await RequireAsync(made, path, cancellationToken);
    }

    public async Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, null, cancellationToken);
        await RequireAsync(answer, path, cancellationToken);
        return (await answer.Content.ReadFromJsonAsync<JsonNode>(cancellationToken))!;
    }

    public async Task<Run> GetRunAsync(RunId run, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Get, $"runs/{run}", null, cancellationToken);
        await RequireAsync(answer, "run", cancellationToken);
        return (await answer.Content.ReadFromJsonAsync<Run>(CoreJson.Options, cancellationToken))!;
    }

    /// <summary>The newest run of this blob of this integration, or null while there is none.</summary>
    public async Task<RunId?> FindRunAsync(string integration, string blob, CancellationToken cancellationToken)
    {
        var page = await GetAsync($"runs?integration={Uri.EscapeDataString(integration)}&top=50", cancellationToken);
        var found = page["items"]!.AsArray().FirstOrDefault(run => (string?)run!["blob"] == blob);
        return found is null ? null : new RunId((string)found["id"]!);
    }

    public async Task<RunId> UploadAsync(string integration, string name, Stream content, CancellationToken cancellationToken)
    {
        var path = $"integrations/{Uri.EscapeDataString(integration)}/files?name={Uri.EscapeDataString(name)}";
        using var answer = await SendAsync(HttpMethod.Post, path, new StreamContent(content, 1 << 18), cancellationToken);
        await RequireAsync(answer, "upload", cancellationToken);
        return new RunId((string)(await answer.Content.ReadFromJsonAsync<JsonNode>(cancellationToken))!["runId"]!);
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = content };
            return await _http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException)
        {
            throw new LocalException(
                $"No app answers on {App}: start it with `dotnet run --project functions/Usage.Local`, or name its port with --port.");
        }
    }

    private static async Task RequireAsync(HttpResponseMessage answer, string what, CancellationToken cancellationToken)
    {
        if (answer.IsSuccessStatusCode) return;
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
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
