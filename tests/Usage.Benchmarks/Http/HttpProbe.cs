using System.Diagnostics;
using Usage.Benchmarks.App;
using Usage.Benchmarks.Output;

namespace Usage.Benchmarks.Http;

/// <summary>Milliseconds of a call, and the processor's in it: they say how far the milliseconds are the machine's other work.</summary>
internal sealed record Measured(HttpCall Call, Spread Milliseconds, double AppProcessor, double EmulatorProcessor);

internal sealed record Download(double Seconds, long Bytes, double PeakBefore, double Peak);

/// <summary>Calls the app one call after the other, as a caller who waits.</summary>
internal sealed class HttpProbe(BenchApp app, int emulator, int times) : IDisposable
{
    private const int WarmUp = 10;

    private readonly HttpClient _http = new() { BaseAddress = new Uri(app.Api.App, "api/"), Timeout = TimeSpan.FromMinutes(10) };

    public async Task<IReadOnlyList<Measured>> MeasureAsync(IReadOnlyList<HttpCall> calls, CancellationToken cancellationToken)
    {
        var rounds = calls.Select(_ => new List<(double Milliseconds, double App, double Emulator)>()).ToList();
        for (var i = -WarmUp; i < times; i++)
        {
            // In turn, so that whatever else the machine does hits all alike.
            for (var c = 0; c < calls.Count; c++)
                if (!calls[c].Slow || i is -1 or >= 0 && i % 4 == 0)
                    Keep(rounds[c], i, await OnceAsync(calls[c], i + WarmUp, cancellationToken));
        }

        return [.. calls.Zip(rounds, (call, found) => new Measured(
            call, Spread.Of(found.Select(f => f.Milliseconds)), found.Average(f => f.App), found.Average(f => f.Emulator)))];

        static void Keep<T>(List<T> kept, int round, T one)
        {
            if (round >= 0) kept.Add(one);
        }
    }

    /// <summary>All snapshots of a product's latest date as a file, which is not kept.</summary>
    public async Task<IReadOnlyList<Download>> DownloadAsync(string product, CancellationToken cancellationToken)
    {
        var downloads = new List<Download>();
        for (var i = 0; i < 3; i++)
        {
            await ProcessFigures.ResetPeakAsync(app.WorkerId);
            var before = await ProcessFigures.PeakMegabytesAsync(app.WorkerId, cancellationToken);
            using var request = new HttpRequestMessage(HttpMethod.Get, $"products/{product}/snapshots");
            request.Headers.Add("Accept", "text/csv");
            var watch = Stopwatch.StartNew();
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            answer.EnsureSuccessStatusCode();
            await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
            var (bytes, buffer) = (0L, new byte[1 << 16]);
            while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var read) bytes += read;
            downloads.Add(
                new Download(watch.Elapsed.TotalSeconds, bytes, before,
                    await ProcessFigures.PeakMegabytesAsync(app.WorkerId, cancellationToken)));
        }

        return downloads;
    }

    public void Dispose() => _http.Dispose();

    private async Task<(double Milliseconds, double App, double Emulator)> OnceAsync(
        HttpCall call, int number, CancellationToken cancellationToken)
    {
        var (ours, theirs) = (ProcessFigures.ProcessorSeconds(app.WorkerId), ProcessFigures.ProcessorSeconds(emulator));
        var watch = Stopwatch.StartNew();
        await call.Send(_http, number, cancellationToken);
        var milliseconds = watch.Elapsed.TotalMilliseconds;
        return (milliseconds, 1_000 * (ProcessFigures.ProcessorSeconds(app.WorkerId) - ours),
            1_000 * (ProcessFigures.ProcessorSeconds(emulator) - theirs));
    }
}
