using System.Collections.Concurrent;
using Azure.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Azure.Data.Tables.Tests.Pipeline;

/// <summary>Stands before the emulator: passes requests on, or does to them what the script says, one step a request.</summary>
internal sealed class FaultyService : IAsyncDisposable
{
    private readonly HttpClient _client = new();
    private readonly Uri _emulator;
    private readonly ConcurrentQueue<Fault> _script;
    private readonly WebApplication _app;

    private FaultyService(Uri emulator, Fault[] script)
    {
        (_emulator, _script) = (emulator, new(script));
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public int Port => new Uri(_app.Urls.Single()).Port;

    public ConcurrentQueue<Seen> Requests { get; } = new();

    public static async Task<FaultyService> StartAsync(Emulator emulator, params Fault[] script)
    {
        var service = new FaultyService(emulator.TableEndpoint, script);
        await service._app.StartAsync();
        return service;
    }

    /// <summary>The default retries without their waits.</summary>
    public static TableClientOptions Impatient() => new() { Retry = { Mode = RetryMode.Fixed, Delay = TimeSpan.FromMilliseconds(1) } };

    public TableClient Table(Emulator emulator, string name, TableClientOptions? options = null) => new(
        emulator.ConnectionString.Replace($":{_emulator.Port}/", $":{Port}/", StringComparison.Ordinal), name, options ?? Impatient());

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var url = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var headers = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var seen = new Seen(context.Request.Method, url, headers, body.ToArray());
        Requests.Enqueue(seen);
        if (!_script.TryDequeue(out var fault)) fault = Fault.None;
        using var passed = fault.PassesOn ? await PassOnAsync(seen) : null;
        if (fault.Breaks)
        {
            context.Abort();
            return;
        }

        var response = context.Response;
        response.StatusCode = passed is null ? fault.Status : (int)passed.StatusCode;
        response.ContentType = passed is null ? fault.ContentType : passed.Content.Headers.ContentType?.ToString();
        foreach (var header in passed?.Headers.Where(h => h.Key == "ETag" || h.Key.StartsWith("x-ms-", StringComparison.Ordinal)) ?? [])
            response.Headers[header.Key] = header.Value.First();
        var answer = passed is null ? fault.Body : await passed.Content.ReadAsByteArrayAsync();
        if (response.StatusCode != 204) await response.Body.WriteAsync(answer);
    }

    private async Task<HttpResponseMessage> PassOnAsync(Seen seen)
    {
        using var message = new HttpRequestMessage(new HttpMethod(seen.Method), new Uri(_emulator, seen.Url));
        if (seen.Body.Length > 0) message.Content = new ByteArrayContent(seen.Body);
        foreach (var (name, value) in seen.Headers)
        {
            if (name is "Host" or "Content-Length" or "Connection") continue;
            if (!message.Headers.TryAddWithoutValidation(name, value)) message.Content?.Headers.TryAddWithoutValidation(name, value);
        }

        return await _client.SendAsync(message);
    }
}
