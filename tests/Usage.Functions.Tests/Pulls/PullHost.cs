using Azure.Identity;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Outbound;
using Usage.Core.Runs;
using Usage.Functions.Notices;
using Usage.Functions.Outbound;
using Usage.Functions.Pulls;
using Usage.Functions.Pulls.Downloads;
using Usage.Functions.Settings;
using Usage.Functions.Tests.Durable;
using Usage.Storage.Integrations;
using Usage.Storage.Notices;
using Usage.Storage.Pulls;
using Usage.Storage.Runs;
using Usage.Testing.Emulator;
using Usage.Testing.Machine;

namespace Usage.Functions.Tests.Pulls;

/// <summary>
/// Pulls with their orchestration, on a durable engine in this process and a storage of their own; only the clock of schedules is a test's.
/// </summary>
internal sealed class PullHost : IAsyncDisposable
{
    private readonly DownloadFile _download;
    private readonly RecordPull _record;
    private readonly GuardedHttp _http;
    private readonly IntegrationStore _integrations;
    private readonly PullStarter _starter;
    private DurableTaskTestHost? _engine;

    private PullHost(StorageFixture storage, PullOptions options)
    {
        var secrets = new SecretSettings(new ConfigurationBuilder().Build());
        _integrations = new IntegrationStore(storage.Tables);
        Pulls = new PullStore(storage.Tables);
        Runs = new RunStore(storage.Tables, new RunBlobs(storage.Blobs));
        Owed = new OwedNotices(storage.Tables);
        _http = new GuardedHttp(new AllowedHosts("127.0.0.1"), new OutboundOptions());
        var client = new DownloadClient(_http, new BlobIdentity(new DefaultAzureCredential(), options.GetBlobSources()), secrets, options);
        _download = new DownloadFile(
            _integrations, new PullTargets(secrets), client, storage.Blobs, Pulls, options, new UsageOptions(),
            TimeProvider.System, NullLogger<DownloadFile>.Instance);
        var failed = new FailedPulls(Runs, new RunNotices(_integrations, Owed), TimeProvider.System);
        _record = new RecordPull(Pulls, failed, TimeProvider.System, NullLogger<RecordPull>.Instance);
        _starter = new PullStarter(Pulls, options, new UsageOptions(), Clock);
    }

    public SetClock Clock { get; } = new();

    public PullStore Pulls { get; }

    public RunStore Runs { get; }

    public OwedNotices Owed { get; }

    public DurableTaskClient Client => _engine!.Client;

    public Integration Integration { get; private set; } = null!;

    public static async Task<PullHost> StartAsync(StorageFixture storage, string url, string rounds = "", Notify? notify = null)
    {
        var host = new PullHost(storage,
            new PullOptions { FirstPauseSeconds = 0.001, Tries = 1, RoundMinutes = rounds });
        host._engine = await TestEngine.StartAsync(host.Register);
        await host.PutAsync(new Integration
        {
            Id = new IntegrationId(storage.Unique("scheduled")),
            Name = "Scheduled",
            Source = new PullSource { Url = url, Schedule = "0 0 2 * * *" },
            Notify = notify,
        });
        return host;
    }

    public async Task PutAsync(Integration integration) =>
        Integration = (await _integrations.TryWriteAsync(integration, await _integrations.GetAsync(integration.Id, default), default))!;

    public Task<string?> LookAsync() => _starter.StartDueAsync(Client, Integration, default);

    public Task<PullStatus> NowAsync() => _starter.StartNowAsync(Client, Integration.Id, default);

    public async Task<PullState> EndAsync(string? instance = null)
    {
        using var patience = new CancellationTokenSource(Patience.Long);
        instance ??= (await Pulls.FindAsync(Integration.Id, default))!.Instance;
        var end = await Client.WaitForInstanceCompletionAsync(instance!, getInputsAndOutputs: true, patience.Token);
        Assert.True(end.RuntimeStatus == OrchestrationRuntimeStatus.Completed, end.FailureDetails?.ToString());
        return (await Pulls.FindAsync(Integration.Id, default))!.State;
    }

    public Task<IReadOnlyList<Run>> RunsAsync() => Runs.ListAsync(new RunFilter(RunKind.Import, Integration.Id), 10, null, default);

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null) await _engine.DisposeAsync();
        _http.Dispose();
    }

    private void Register(DurableTaskRegistry registry)
    {
        registry.AddOrchestratorFunc<PullFile.Input>(nameof(PullFile), async (context, input) => await PullFile.RunAsync(context, input));
        registry.AddActivityFunc<DownloadFile.Input, object?>(
            nameof(DownloadFile), async (_, input) => await _download.RunAsync(input, CancellationToken.None));
        registry.AddActivityFunc<RecordPull.Input>(nameof(RecordPull), (_, input) => _record.RunAsync(input, CancellationToken.None));
    }
}

/// <summary>Shows the time that a test set.</summary>
internal sealed class SetClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
