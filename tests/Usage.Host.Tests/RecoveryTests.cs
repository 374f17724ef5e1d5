using System.Net;
using Usage.Local.Azurite;
using Usage.Testing.Machine;

namespace Usage.Host.Tests;

/// <summary>A host that is killed, stopped and started again, and so is its worker.</summary>
public sealed class RecoveryTests(OwnHost own) : IClassFixture<OwnHost>, IAsyncLifetime
{
    private static int _names;

    private readonly HostApp _app = own.App;
    private readonly string _sum = $"sum{Interlocked.Increment(ref _names)}";

    // Whatever the test before has left.
    public async ValueTask InitializeAsync()
    {
        if (!_app.IsRunning) await _app.With("AzureFunctionsJobHost__functionTimeout", "00:00:20").StartAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Killed_host_takes_its_worker_with_it_and_the_next_one_goes_on()
    {
        await StartSumAsync(_sum);
        var worker = _app.Process.WorkerId;
        await _app.KillAsync();
        await _app.UntilAsync(() => !Processes.IsAlive(worker));
        _app.Open(_sum);

        await _app.StartAsync();

        Assert.Equal("Completed 30", await _app.EndOfAsync(_sum));
        // Done before and not again; the one that was under way began anew.
        Assert.Equal([1, 1, 2, 1], new[] { 1, 2, 3, 4 }.Select(number => _app.Count($"square {number} of {_sum}")));
        Assert.Equal([1, 1, 1, 1], new[] { 1, 2, 3, 4 }.Select(number => _app.Count($"squared {number} of {_sum}")));
    }

    [Fact]
    public async Task Paused_worker_ends_with_its_host()
    {
        var worker = _app.Process.WorkerId;
        await Processes.SignalAsync("STOP", worker);
        await _app.KillAsync();
        await Processes.SignalAsync("CONT", worker);
        await _app.UntilAsync(() => !Processes.IsAlive(worker));
    }

    [SlowFact]
    public async Task Killed_worker_is_started_again_and_asked_nothing_before_it_is_ready()
    {
        await StartSumAsync(_sum);
        var worker = _app.Process.WorkerId;
        _app.KillWorker();
        _app.Open(_sum);
        var seen = new HashSet<HttpStatusCode>();
        await _app.UntilAsync(async () =>
        {
            using var answer = await _app.Http.GetAsync("products/abc");
            seen.Add(answer.StatusCode);
            return answer.StatusCode == HttpStatusCode.OK && _app.Process.WorkerId != worker;
        });
        Assert.Contains(HttpStatusCode.ServiceUnavailable, seen);
        // The activity failed with its worker, and its orchestrator, which tries once, with it.
        Assert.StartsWith("Failed", await _app.EndOfAsync(_sum), StringComparison.Ordinal);
        Assert.Contains("The worker process ended while it ran the function", _app.Log, StringComparison.Ordinal);
    }

    [SlowFact]
    public async Task Function_that_takes_too_long_ends_with_its_worker()
    {
        var worker = _app.Process.WorkerId;
        await StartSumAsync(_sum);
        Assert.StartsWith("Failed", await _app.EndOfAsync(_sum), StringComparison.Ordinal);
        await _app.UntilAsync(() => !Processes.IsAlive(worker)
            && _app.Log.Contains("its worker is ended and started again", StringComparison.Ordinal));
        Assert.Contains("Timeout value of 00:00:20 exceeded by function", _app.Log, StringComparison.Ordinal);
        await _app.PostAsync("start/Sum/after?input=");
        Assert.Equal("Completed 30", await _app.EndOfAsync("after"));
    }

    [SlowFact]
    public async Task Stopped_host_lets_an_activity_end()
    {
        await StartSumAsync(_sum);
        var stopping = _app.Process.StopAsync();
        await Task.Delay(500);
        Assert.False(stopping.IsCompleted);
        _app.Open(_sum);
        await _app.StopAsync();
        Assert.Equal(1, _app.Count($"squared 3 of {_sum}"));

        await _app.StartAsync();

        Assert.Equal("Completed 30", await _app.EndOfAsync(_sum));
        Assert.Equal(1, _app.Count($"square 3 of {_sum}"));
    }

    [SlowFact]
    public async Task Host_whose_storage_is_gone_stops_all_the_same()
    {
        await using var azurite = await AzuriteProcess.StartAsync();
        await using var app = await new HostApp(azurite.ConnectionString).StartAsync();
        await azurite.StopAsync();
        var worker = app.Process.WorkerId;
        await app.StopAsync();
        Assert.False(Processes.IsAlive(worker));
    }

    [SlowFact]
    public async Task Ended_instances_are_purged()
    {
        using var before = await _app.Http.PostAsync("purge", null);
        await _app.PostAsync("start/Sum/one?input=");
        await _app.EndOfAsync("one");
        await StartSumAsync("two");
        using var purged = await _app.Http.PostAsync("purge", null);
        Assert.Equal("1", await purged.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await _app.Http.GetAsync("look/one")).StatusCode);
        _app.Open(_sum);
        Assert.Equal("Completed 30", await _app.EndOfAsync("two"));
    }

    private async Task StartSumAsync(string id)
    {
        await _app.PostAsync($"start/Sum/{id}?input={_sum}");
        await _app.UntilAsync(() => _app.Count($"square 3 of {id}") == 1);
    }
}
