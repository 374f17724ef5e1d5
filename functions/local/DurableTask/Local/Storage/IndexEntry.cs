using Microsoft.DurableTask.Client;

namespace Microsoft.DurableTask.Local;

/// <summary>All that is kept in memory of an instance that has ended.</summary>
internal sealed record IndexEntry
{
    public required string InstanceId { get; init; }

    public required string Name { get; init; }

    public required OrchestrationRuntimeStatus Status { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime LastUpdatedAt { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    public bool IsEnded => Status
        is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;

    public static IndexEntry Of(Execution execution) => new()
    {
        InstanceId = execution.Start.InstanceId,
        Name = execution.Start.Name,
        Status = execution.Status,
        CreatedAt = execution.Start.CreatedAt,
        LastUpdatedAt = execution.LastUpdatedAt,
        Tags = execution.Start.Tags,
    };
}
