using DurableTask.Core;
using Microsoft.DurableTask.Testing.Sidecar;

namespace Usage.Published.Host;

/// <summary>In memory; like the host's, and unlike its base class, it refuses an id that is under way.</summary>
internal sealed class TaskHub() : InMemoryOrchestrationService(null), IOrchestrationServiceClient
{
    private static readonly OrchestrationStatus[] UnderWay = [OrchestrationStatus.Pending, OrchestrationStatus.Running, OrchestrationStatus.Suspended];

    Task IOrchestrationServiceClient.CreateTaskOrchestrationAsync(TaskMessage creationMessage, OrchestrationStatus[] dedupeStatuses) =>
        CreateTaskOrchestrationAsync(creationMessage, dedupeStatuses ?? UnderWay);
}
