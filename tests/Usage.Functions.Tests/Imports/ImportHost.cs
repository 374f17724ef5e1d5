using System.Text;
using Azure.Data.Tables;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using Microsoft.Extensions.DependencyInjection;
using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Outbound;
using Usage.Core.Products;
using Usage.Core.Runs;
using Usage.Core.Values;
using Usage.Functions.Changes;
using Usage.Functions.Changes.TakingBack;
using Usage.Functions.Erasing;
using Usage.Functions.Imports;
using Usage.Functions.Imports.Admission;
using Usage.Functions.Imports.Ending;
using Usage.Functions.Imports.Reading;
using Usage.Functions.Mending;
using Usage.Functions.Notices;
using Usage.Functions.Runs;
using Usage.Functions.Settings;
using Usage.Functions.Telemetry;
using Usage.Functions.TestRuns;
using Usage.Functions.Tests.Durable;
using Usage.Functions.Tests.Http;
using Usage.Functions.Tests.Imports;
using Usage.Functions.Unmatched;
using Usage.Functions.Upkeep;
using Usage.Functions.Uploads;
using Usage.Storage.Accounts;
using Usage.Storage.Imports;
using Usage.Storage.Integrations;
using Usage.Storage.Products;
using Usage.Storage.Runs;
using Usage.Storage.Setup;
using Usage.Testing.Emulator;
using Usage.Testing.Machine;

[assembly: AssemblyFixture(typeof(ImportHost))]

namespace Usage.Functions.Tests.Imports;

/// <summary>
/// Imports with their orchestration on a durable engine in this process, and a storage of their own. There are two accounts,
/// <c>acme</c> and <c>globex</c>; a batch has three rows or so.
/// </summary>
public class ImportHost : IAsyncLifetime
{
    /// <summary>An orchestration that goes on for ever.</summary>
    public const string Asleep = "Asleep";

    /// <summary>An orchestration that ends before its run does.</summary>
    public const string Defective = "Defective";

    public const string Header = "account,day,seats\n";

    private readonly StorageFixture _storage = new();
    private ServiceProvider _services = null!;
    private DurableTaskTestHost _engine = null!;

    public DurableTaskClient Client => _engine.Client;

    public StorageFixture Storage => _storage;

    public RunStore Runs => Get<RunStore>();

    public async ValueTask InitializeAsync()
    {
        await _storage.InitializeAsync();
        _services = Services().BuildServiceProvider();
        _engine = await TestEngine.StartAsync(registry => ImportRegistry.Fill(registry, this));
        foreach (var id in new[] { "acme", "globex" })
            await Get<AccountStore>().WriteAsync(new Account { Id = new AccountId(id), Name = id }, null, default);
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>An integration of its own for each test, into a product of the same name.</summary>
    /// <param name="onError">Of the integration.</param>
    /// <param name="history">Whether all dates are kept.</param>
    /// <param name="aggregate">Of its one dimension, <c>seats</c>.</param>
    /// <param name="change">Changes the integration before it is stored.</param>
    public async Task<Integration> AddIntegrationAsync(
        ErrorPolicy? onError = null, bool history = true, Aggregate aggregate = Aggregate.Last,
        Func<Integration, Integration>? change = null)
    {
        var id = _storage.Unique("files");
        var seats = new DimensionId("seats");
        await Get<ProductStore>().TryWriteAsync(new Product
        {
            Id = new ProductId(id),
            Name = id,
            SnapshotPeriod = SnapshotPeriod.Daily,
            Dimensions = [new Dimension { Id = seats, Name = "Seats", DataType = DataType.Numeric, Aggregate = aggregate }],
        }, null, default);
        var integration = new Integration
        {
            Id = new IntegrationId(id),
            Name = id,
            Match = [new MatchRule { By = MatchBy.AccountId, Column = "account" }],
            AllowMultipleRowsPerCustomer = history,
            Products =
            [
                new ProductMapping
                {
                    Product = new ProductId(id),
                    DateColumn = "day",
                    Dimensions = [new DimensionMapping { Column = "seats", Dimension = seats }],
                },
            ],
            OnError = onError ?? new ErrorPolicy(),
        };
        return (await Get<IntegrationStore>().TryWriteAsync(change?.Invoke(integration) ?? integration, null, default))!;
    }

    public async Task RemoveProductAsync(string id) =>
        await Get<ProductStore>().TryDeleteAsync((await Get<ProductStore>().GetAsync(new ProductId(id), default))!, default);

    public Task<Drop> DropAsync(string folder, string rows, string name = "october.csv", bool force = false, string? date = null) =>
        DropBytesAsync(folder, Encoding.UTF8.GetBytes(Header + rows), name, force, date);

    public async Task<Drop> DropBytesAsync(string folder, byte[] file, string name, bool force = false, string? date = null) =>
        (await Get<DropStore>().WriteAsync($"{folder}/{name}", new MemoryStream(file), force, date, default))!;

    /// <summary>Writes the record of a drop's run, and starts an orchestration under its id that is not an import's.</summary>
    /// <param name="orchestration"><see cref="Asleep"/> or <see cref="Defective"/>.</param>
    public async Task QueueAsync(Drop drop, string orchestration)
    {
        await Runs.AddAsync(drop.ToQueuedRun(version: 1), RunSource.Of(drop), default);
        await Get<QueuedRuns>().AddAsync(new IntegrationId(drop.Folder), QueuedRun.Of(drop), default);
        await Client.ScheduleNewOrchestrationInstanceAsync(orchestration, new StartOrchestrationOptions(drop.RunId.Value));
        if (orchestration == Defective) await Client.WaitForInstanceCompletionAsync(drop.RunId.Value);
    }

    /// <summary>What follows the event of a drop, to its end.</summary>
    public async Task<Run> ImportAsync(Drop drop)
    {
        await Get<RunScheduler>().ScheduleAsync(Client, RunStart.Of(drop), default);
        return await EndOfAsync(drop.RunId);
    }

    public async Task<Run> EndOfAsync(RunId run)
    {
        using var patience = new CancellationTokenSource(Patience.Long);
        var end = await Client.WaitForInstanceCompletionAsync(run.Value, getInputsAndOutputs: true, patience.Token);
        Assert.True(end.RuntimeStatus == OrchestrationRuntimeStatus.Completed, end.FailureDetails?.ToString());
        return (await Runs.GetAsync(run, default)).Run;
    }

    /// <summary>What the integration's product has: <c>{account} {date} {seats}</c>, in order.</summary>
    public Task<IReadOnlyList<string>> StoredAsync(Integration integration) => StoredAsync(integration.Id);

    /// <inheritdoc cref="StoredAsync(Integration)"/>
    public async Task<IReadOnlyList<string>> StoredAsync(IntegrationId integration)
    {
        var found = new List<string>();
        await foreach (var entity in _storage.Tables.Snapshots.QueryAsync<TableEntity>())
            if (entity.PartitionKey.Split('|') is [_, var product, var date, _] && product == integration.Value)
                found.Add(FormattableString.Invariant($"{entity.RowKey} {date} {entity["d_seats"]}"));
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    /// <summary>Names of the blobs that a run has left.</summary>
    public async Task<IReadOnlyList<string>> LeftAsync(RunId run)
    {
        var names = new List<string>();
        await foreach (var blob in _storage.Blobs.Runs.GetBlobsAsync())
            if (blob.Name.StartsWith(run.Value, StringComparison.Ordinal)) names.Add(blob.Name[(run.Value.Length + 1)..]);
        return names;
    }

    public Task RemoveAsync(RunId run, string blob) => _storage.Blobs.Runs.DeleteBlobAsync($"{run}/{blob}");

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _engine.DisposeAsync();
        await _services.DisposeAsync();
        await _storage.DisposeAsync();
    }

    private IServiceCollection Services() => new ServiceCollection()
        .AddLogging().AddMetrics()
        .AddSingleton(TimeProvider.System).AddSingleton(_storage.Tables).AddSingleton(_storage.Blobs).AddUsageStores()
        .AddSingleton(new UsageOptions { BatchBytes = 48 }).AddSingleton(new UpkeepOptions { MissedFileMinutes = 0, StandstillMinutes = 0 })
        .AddSingleton(new OutboundRules(new AllowedHosts(null), _ => throw new InvalidOperationException("no secret is named here")))
        .AddSingleton<StageTelemetry>().AddSingleton<RunTelemetry>().AddSingleton<RunNotices>()
        .AddRuns().AddTestRuns().AddUploads().AddImports().AddChanges().AddChildren().AddUnmatched().AddErasing()
        .AddSingleton<BeginErasing>().AddSingleton<EraseSnapshots>().AddSingleton<AwaitReaders>().AddSingleton<EraseKept>()
        .AddSingleton<FinishErasing>().AddApi()
        .AddSingleton<BeginTakingBack>().AddSingleton<TakeBackPartition>().AddSingleton<FinishTakingBack>().AddSingleton<RemoveValue>()
        .AddSingleton<AdmitFile>().AddSingleton<PlanBatches>().AddSingleton<ImportWhole>().AddSingleton<FailRun>()
        .AddSingleton<WriteResolution>().AddSingleton<StartReplay>().AddSingleton<LookAgain>().AddSingleton<CountPreview>()
        .AddSingleton<Standstill>().AddSingleton<SweepFiles>().AddSingleton<SweepRuns>().AddSingleton<PurgeRunDetails>();
}
