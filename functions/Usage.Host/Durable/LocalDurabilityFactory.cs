using DurableTask.AzureStorage;
using Microsoft.Azure.WebJobs.Extensions.DurableTask;
using Microsoft.Extensions.Options;
using Newtonsoft.Json;
using Usage.Host.Settings;

namespace Usage.Host.Durable;

/// <summary>
/// The Azure Storage engine with a quick recovery. By hand: the extension's own factory for this engine is internal, has no settings for
/// leases, and refuses a control queue visibility under one minute. It stands beside that one; <c>storageProvider:type</c> picks it.
/// </summary>
internal sealed class LocalDurabilityFactory(
    IOptions<DurableTaskOptions> options, IConfiguration settings, ILoggerFactory loggers, HostId host,
    Recovery recovery) : IDurabilityProviderFactory
{
    public const string ProviderName = "Local";
    private LocalDurability? _provider;

    public string Name => ProviderName;

    public DurabilityProvider GetDurabilityProvider() =>
        _provider ??= new LocalDurability(new AzureStorageOrchestrationService(EngineSettings()));

    /// <summary>Clients share the engine of the workers: what they send is taken at once, not with the next poll.</summary>
    public DurabilityProvider GetDurabilityProvider(DurableClientAttribute attribute) =>
        attribute.TaskHub is { Length: > 0 } hub && !hub.Equals(options.Value.HubName, StringComparison.OrdinalIgnoreCase)
            ? throw new NotSupportedException($"A durable client asks for the task hub {hub}; this host has one, {options.Value.HubName}.")
            : GetDurabilityProvider();

    public void SetUseSeparateQueueForEntityWorkItems(bool newValue) =>
        GetDurabilityProvider().SetUseSeparateQueueForEntityWorkItems(newValue);

    // What host.json says, as the extension reads it, and what it can't say.
    private AzureStorageOrchestrationServiceSettings EngineSettings()
    {
        var (all, storage) = (options.Value, new AzureStorageOptions());
        JsonConvert.PopulateObject(JsonConvert.SerializeObject(all.StorageProvider), storage);
        var processors = Environment.ProcessorCount;
        return new AzureStorageOrchestrationServiceSettings
        {
            StorageAccountClientProvider = new StorageAccountClientProvider(settings["AzureWebJobsStorage"]!),
            TaskHubName = all.HubName,
            AppName = host.Value,
            WorkerId = recovery.WorkerId,
            LoggerFactory = loggers,
            PartitionCount = storage.PartitionCount,
            ControlQueueBatchSize = storage.ControlQueueBatchSize,
            ControlQueueBufferThreshold = storage.ControlQueueBufferThreshold,
            ControlQueueVisibilityTimeout = recovery.Visibility,
            WorkItemQueueVisibilityTimeout = recovery.Visibility,
            MaxQueuePollingInterval = storage.MaxQueuePollingInterval,
            MaxConcurrentTaskOrchestrationWorkItems = all.MaxConcurrentOrchestratorFunctions ??= 10 * processors,
            MaxConcurrentTaskActivityWorkItems = all.MaxConcurrentActivityFunctions ??= 10 * processors,
            MaxConcurrentTaskEntityWorkItems = all.MaxConcurrentEntityFunctions ??= 10 * processors,
            MaxEntityOperationBatchSize = all.MaxEntityOperationBatchSize ??= 5000,
            EntityMessageReorderWindowInMinutes = all.EntityMessageReorderWindowInMinutes,
            ExtendedSessionsEnabled = all.ExtendedSessionsEnabled,
            ExtendedSessionIdleTimeout = TimeSpan.FromSeconds(Math.Max(all.ExtendedSessionIdleTimeoutInSeconds, 0)),
            FetchLargeMessageDataEnabled = storage.FetchLargeMessagesAutomatically,
            ThrowExceptionOnInvalidDedupeStatus = true,
            UseSeparateQueueForEntityWorkItems = true, // as an isolated worker needs it
            UseTablePartitionManagement = true,
            PartitionTableOperationTimeout = recovery.Patience,
            LeaseInterval = recovery.Lease,
            LeaseAcquireInterval = recovery.Renewal, // leases in a table are renewed with this; LeaseRenewInterval is for those of blobs
            UseAppLease = false,
        };
    }
}
