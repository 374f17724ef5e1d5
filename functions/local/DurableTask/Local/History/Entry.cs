using Microsoft.DurableTask.Client;

namespace Microsoft.DurableTask.Local;

/// <summary>One thing that an instance's log says. The order of entries is the order in which things became true.</summary>
internal abstract record Entry;

/// <summary>
/// One step of the orchestrator: it took the messages up to <see cref="Consumed"/> and decided. A turn is one record, so
/// that it is either wholly there or never was.
/// </summary>
internal sealed record Turn : Entry
{
    public required DateTime Time { get; init; }

    /// <summary>How many messages of the inbox have been taken since the execution began.</summary>
    public required int Consumed { get; init; }

    public IReadOnlyList<Decision> Decisions { get; init; } = [];

    public IReadOnlyList<int> CancelledTimers { get; init; } = [];

    /// <summary>Null when the turn left the custom status as it was.</summary>
    public CustomStatus? CustomStatus { get; init; }

    public Ending? Ending { get; init; }
}

internal sealed record CustomStatus(string? Serialized);

/// <summary>How an execution ended. <c>Carried</c>: events that nobody had waited for when it continued as new.</summary>
internal sealed record Ending(OrchestrationRuntimeStatus Status, string? Output = null)
{
    public Failure? Failure { get; init; }

    public bool ContinuesAsNew { get; init; }

    public string? NewVersion { get; init; }

    public IReadOnlyList<EventRaised> Carried { get; init; } = [];

    /// <summary>A termination that takes the sub-orchestrations along.</summary>
    public bool Recursive { get; init; }
}

internal sealed record Failure(TaskFailureDetails Details, bool NonRetriable = false);

/// <summary>An event that this execution sent has reached its target.</summary>
internal sealed record EventDelivered(int TaskId) : Entry;

/// <summary>An activity of an earlier execution of this instance that had no answer when it continued as new.</summary>
internal sealed record OldActivity(Guid ExecutionId, ActivityScheduled Activity) : Entry;

internal sealed record OldActivityDone(Guid ExecutionId, int TaskId) : Entry;
