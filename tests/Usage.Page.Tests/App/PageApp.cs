using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using Usage.Testing.App;
using Usage.Testing.Emulator;

namespace Usage.Page.Tests.App;

/// <summary>The whole app on a storage of its own, and a browser.</summary>
public abstract class PageApp : IAsyncLifetime
{
    private readonly StorageFixture _storage = new() { IsEmpty = true };
    private RunningApp? _app;
    private IPlaywright? _playwright;

    internal IBrowser Chromium { get; private set; } = null!;

    /// <summary>Of the API, with the first key.</summary>
    internal HttpClient Http { get; private set; } = null!;

    /// <summary>Of everything.</summary>
    internal Uri Root => new(_app!.Url, "/");

    protected abstract IReadOnlyDictionary<string, string> Settings { get; }

    protected virtual string? Key => null;

    public async ValueTask InitializeAsync()
    {
        if (Browser.Program is null) return;
        await _storage.InitializeAsync();
        _app = await RunningApp.StartAsync(_storage.ConnectionString, Settings);
        Http = new HttpClient { BaseAddress = _app.Url, Timeout = TimeSpan.FromMinutes(2) };
        if (Key is not null) Http.DefaultRequestHeaders.Add("x-functions-key", Key);
        _playwright = await Playwright.CreateAsync();
        Chromium = await Browser.StartAsync(_playwright);
        await SeedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Chromium is not null) await Chromium.DisposeAsync();
        _playwright?.Dispose();
        Http?.Dispose();
        if (_app is not null) await _app.DisposeAsync();
        if (Browser.Program is not null) await _storage.DisposeAsync();
    }

    /// <summary>A person at a window of their own.</summary>
    /// <param name="key">Typed before; null: nobody has.</param>
    internal async Task<Visit> VisitAsync(string? key = null, int width = 1280)
    {
        Browser.Require();
        return await Visit.BeginAsync(Chromium, Root, key, width);
    }

    /// <summary>A person whose way to the app leads through something else.</summary>
    internal async Task<Visit> VisitAsync(Uri root)
    {
        Browser.Require();
        return await Visit.BeginAsync(Chromium, root, key: null, width: 1280);
    }

    internal async Task<JsonElement> SendAsync(HttpMethod method, string path, string body, string type = "application/json")
    {
        Browser.Require();
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8, type) };
        using var answer = await Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {(int)answer.StatusCode} {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    internal async Task<JsonElement> ImportAsync(string integration, string name, string csv)
    {
        var sent = await SendAsync(HttpMethod.Post, $"integrations/{integration}/files?name={name}", csv, "text/csv");
        return await EndOfAsync(sent.GetProperty("runId").GetString()!);
    }

    internal async Task<JsonElement> EndOfAsync(string run)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            var found = await Http.GetFromJsonAsync<JsonElement>($"runs/{run}", patience.Token);
            if (found.GetProperty("status").GetString() is not ("queued" or "running")) return found;
            await Task.Delay(150, patience.Token);
        }
    }

    /// <summary>What is there before anybody looks.</summary>
    protected virtual Task SeedAsync() => Task.CompletedTask;
}
