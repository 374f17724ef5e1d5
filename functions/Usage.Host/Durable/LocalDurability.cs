using DurableTask.AzureStorage;
using DurableTask.AzureStorage.Tracking;
using DurableTask.Core;
using DurableTask.Core.Entities;
using Microsoft.Azure.WebJobs.Extensions.DurableTask;
using Newtonsoft.Json;
using PurgeHistoryResult = Microsoft.Azure.WebJobs.Extensions.DurableTask.PurgeHistoryResult;

namespace Usage.Host.Durable;

/// <summary>The members that the extension's own provider for this engine has; its gRPC and HTTP management endpoints call them.</summary>
internal sealed class LocalDurability(AzureStorageOrchestrationService engine)
    : DurabilityProvider("Azure Storage", engine, engine, "AzureWebJobsStorage")
{
    public override bool CheckStatusBeforeRaiseEvent => true;

    // A message in a queue lives for seven days.
    public override TimeSpan MaximumDelayTime { get; set; } = TimeSpan.FromDays(6);

    public override TimeSpan LongRunningTimerIntervalLength { get; set; } = TimeSpan.FromDays(3);

    public override string EventSourceName { get; set; } = "DurableTask-AzureStorage";

    public override void SetUseSeparateQueueForEntityWorkItems(bool newValue) => engine.UseSeparateQueuesForEntityWorkItems = newValue;

    public override Task<IList<OrchestrationState>> GetAllOrchestrationStates(CancellationToken cancellationToken) =>
        engine.GetOrchestrationStateAsync(cancellationToken);

    public override Task<IList<OrchestrationState>> GetOrchestrationStateWithInputsAsync(string instanceId, bool showInput = true) =>
        engine.GetOrchestrationStateAsync(instanceId, allExecutions: false, fetchInput: showInput);

    public override Task RewindAsync(string instanceId, string reason) => engine.RewindTaskOrchestrationAsync(instanceId, reason);

    public override async Task<PurgeHistoryResult> PurgeInstanceHistoryByInstanceId(string instanceId) =>
        new((await engine.PurgeInstanceHistoryAsync(instanceId)).InstancesDeleted);

    public override async Task<int> PurgeHistoryByFilters(
        DateTime createdTimeFrom, DateTime? createdTimeTo, IEnumerable<OrchestrationStatus> runtimeStatus) =>
        (await engine.PurgeInstanceHistoryAsync(createdTimeFrom, createdTimeTo, runtimeStatus)).InstancesDeleted;

    public override async Task<string?> RetrieveSerializedEntityState(
        Microsoft.Azure.WebJobs.Extensions.DurableTask.EntityId entityId, JsonSerializerSettings serializerSettings) =>
        (await ((IEntityOrchestrationService)engine).EntityBackendQueries!.GetEntityAsync(
            new(entityId.EntityName, entityId.EntityKey)))?.SerializedState;

    /// <summary>For the list of the HTTP management endpoint only: the worker's own queries go to the engine.</summary>
    public override async Task<OrchestrationStatusQueryResult> GetOrchestrationStateWithPagination(
        OrchestrationStatusQueryCondition condition, CancellationToken cancellationToken)
    {
        var asked = new OrchestrationInstanceStatusQueryCondition
        {
            RuntimeStatus = condition.RuntimeStatus?.Select(status => (OrchestrationStatus)status),
            CreatedTimeFrom = condition.CreatedTimeFrom,
            CreatedTimeTo = condition.CreatedTimeTo,
            TaskHubNames = condition.TaskHubNames,
            InstanceIdPrefix = condition.InstanceIdPrefix,
            FetchInput = condition.ShowInput,
        };
        var page = await engine.GetOrchestrationStateAsync(asked, condition.PageSize, condition.ContinuationToken, cancellationToken);
        return new OrchestrationStatusQueryResult
        {
            ContinuationToken = page.ContinuationToken,
            DurableOrchestrationState = [.. page.OrchestrationState.Select(Status)],
        };
    }

    private static DurableOrchestrationStatus Status(OrchestrationState state) => new()
    {
        Name = state.Name,
        InstanceId = state.OrchestrationInstance.InstanceId,
        RuntimeStatus = (OrchestrationRuntimeStatus)state.OrchestrationStatus,
        CreatedTime = state.CreatedTime,
        LastUpdatedTime = state.LastUpdatedTime,
        CustomStatus = state.Status,
        Input = state.Input,
        Output = state.Output,
    };
}
