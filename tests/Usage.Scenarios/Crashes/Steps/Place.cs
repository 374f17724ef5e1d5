using System.Diagnostics;
using Azure.Data.Tables;
using Azure.Storage.Blobs.Models;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Scenarios.App;
using Usage.Storage;
using Usage.Storage.Runs;
using Usage.Testing.App;
using Usage.Testing.Emulator;
using Usage.Testing.Proxy;

namespace Usage.Scenarios.Crashes.Steps;

/// <summary>
/// A storage emulator that keeps its data, the app, and a proxy in between. One scenario at a time may do its worst to them.
/// </summary>
public class Place : IAsyncLifetime
{
    private static readonly Dictionary<string, string> Settings = new()
    {
        // Many batches even of a small file, and an upkeep that needn't wait.
        ["Usage__BatchBytes"] = "65536",
        ["Usage__RowsPerPartition"] = "1000",
        ["Usage__GroupsPerPiece"] = "2",
        ["Usage__Upkeep__MissedFileMinutes"] = "0",
        ["Usage__Upkeep__StandstillMinutes"] = "0",
        ["Usage__Upkeep__HistoryDays"] = "0",
    };

    private readonly StorageFixture _storage = new() { IsEmpty = true, KeepsData = true };
    private readonly Instance?[] _instances;

    public Place()
        : this(1)
    {
    }

    /// <param name="instances">Of the app.</param>
    protected Place(int instances) => _instances = new Instance?[instances];

    /// <summary>That of the first instance that wasn't killed.</summary>
    internal Api Api => _instances.First(instance => instance is not null)!.Api;

    internal Dictionary<int, History> Histories { get; } = [];

    internal StorageProxy Proxy { get; private set; } = null!;

    /// <summary>Storage as it is, past the proxy.</summary>
    internal TableServiceClient Tables => _storage.TableService;

    internal UsageBlobs Blobs => _storage.Blobs;

    internal RunStore Runs { get; private set; } = null!;

    /// <summary>Whether any test of this size asks for it: it takes a while to start, also for tests that are left out.</summary>
    protected virtual bool IsNeeded => true;

    internal string Log => string.Join('\n', _instances.Select(instance => instance?.App.Log));

    public async ValueTask InitializeAsync()
    {
        if (!IsNeeded) return;
        await _storage.InitializeAsync();
        Proxy = await StorageProxy.StartAsync(_storage.ConnectionString, _instances.Length);
        Runs = new RunStore(_storage.Tables, new RunBlobs(Blobs));
        await SettleAppAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (!IsNeeded) return;
        foreach (var instance in _instances)
            if (instance is not null) await instance.App.DisposeAsync();
        await Proxy.DisposeAsync();
        await _storage.DisposeAsync();
    }

    /// <inheritdoc cref="StorageFixture.RestartAsync"/>
    internal Task RestartStorageAsync(TimeSpan away) => _storage.RestartAsync(away);

    internal string Unique(string name) => _storage.Unique(name);

    /// <summary>Whatever the scenario before left behind: nothing is spoiled, and the app runs.</summary>
    internal async Task SettleAsync()
    {
        Proxy.Choose = _ => Fault.None;
        await SettleAppAsync();
    }

    internal async Task SettleAppAsync()
    {
        for (var i = 0; i < _instances.Length; i++)
        {
            if (_instances[i] is { } running) await running.App.WaitUntilHealthyAsync();
            else _instances[i] = Instance.Of(await RunningApp.StartAsync(Proxy.ConnectionStrings[i], Settings, $"test{i}"));
        }
    }

    /// <summary>SIGKILL: nothing is closed, nothing is saved. A worker that was killed alone comes back by itself.</summary>
    internal async Task KillAsync(Victim victim, int instance = 0)
    {
        var killed = _instances[instance]!;
        if (victim != Victim.Host) killed.App.KillWorker();
        if (victim == Victim.Worker) return;
        await killed.App.KillAsync();
        await killed.App.DisposeAsync();
        killed.Api.Dispose();
        _instances[instance] = null;
    }

    internal RunningApp App(int instance) => _instances[instance]!.App;

    internal Api ApiOf(int instance) => _instances[instance]!.Api;

    /// <returns>The id that the file's run has or will have.</returns>
    internal async Task<RunId> DropAsync(string path, string content)
    {
        var written = await Blobs.Imports.GetBlobClient(path).UploadAsync(BinaryData.FromString(content), overwrite: true);
        return RunIdText.ForDrop(written.Value.LastModified, path, written.Value.ETag.ToString());
    }

    /// <summary>What a run has left in storage, by name.</summary>
    internal async Task<List<string>> LeftAsync(RunId run)
    {
        var names = new List<string>();
        await foreach (var blob in Blobs.Runs.GetBlobsAsync(new GetBlobsOptions { Prefix = $"{run}/" }))
            names.Add(blob.Name[(run.Value.Length + 1)..]);
        return names;
    }

    /// <summary>Through to its end: the record says so, and the intermediates are gone.</summary>
    internal async Task<bool> IsOverAsync(RunId run) =>
        await Runs.FindAsync(run, CancellationToken.None) is { } stored && stored.Run.HasEnded()
        && (await LeftAsync(run)).All(RunBlobs.IsKept);

    /// <summary>
    /// The run once it is over. A file whose message was taken from its queue just as the app or its storage died stays hidden for ten
    /// minutes; upkeep, every five, finds it before that, and here every half.
    /// </summary>
    internal async Task<Run> EndOfAsync(RunId run)
    {
        for (var look = Stopwatch.StartNew(); look.Elapsed < Api.Patience; await Api.TriggerAsync("SweepOnTime"))
        {
            for (var wait = Stopwatch.StartNew(); wait.Elapsed < TimeSpan.FromSeconds(30); await Task.Delay(100))
                if (await IsOverAsync(run)) return (await Runs.GetAsync(run, CancellationToken.None)).Run;
        }

        var record = (await Runs.FindAsync(run, CancellationToken.None))?.Run;
        var left = string.Join(' ', await LeftAsync(run));
        throw new TimeoutException($"{run} is {record?.Status.ToString() ?? "not there"} at {record?.Progress}, with {left}\n{Log}");
    }
}

internal sealed record Instance(RunningApp App, Api Api)
{
    public static Instance Of(RunningApp app) => new(app, new Api(app.Url));
}

internal enum Victim
{
    /// <summary>Its worker ends with it.</summary>
    Host,

    /// <summary>Its host starts another one.</summary>
    Worker,

    Both,
}

[CollectionDefinition(Name)]
public sealed class Faults : ICollectionFixture<Place>
{
    public const string Name = "faults";
}
