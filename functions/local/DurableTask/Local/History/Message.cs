namespace Microsoft.DurableTask.Local;

/// <summary>Something that came in from outside of the orchestrator's code; answers are keyed by the decision's id.</summary>
internal abstract record Message : Entry;

internal sealed record ExecutionStarted : Message
{
    public required string InstanceId { get; init; }

    /// <summary>New for each start and each continue-as-new: answers to an earlier execution are told apart by it.</summary>
    public required Guid ExecutionId { get; init; }

    public required string Name { get; init; }

    public string Version { get; init; } = string.Empty;

    public string? Input { get; init; }

    public required DateTime CreatedAt { get; init; }

    public DateTime? ScheduledStart { get; init; }

    public ParentLink? Parent { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>Whether an execution before this one continued as new.</summary>
    public bool IsContinuation { get; init; }

    /// <summary>What the custom status was when the execution before continued as new.</summary>
    public string? CustomStatus { get; init; }
}

/// <summary>Which call of which execution waits for this instance.</summary>
internal sealed record ParentLink(string InstanceId, string Name, Guid ExecutionId, int TaskId);

internal abstract record Answer(int TaskId) : Message;

internal sealed record ActivityAnswered(int TaskId, string? Result, Failure? Failure = null) : Answer(TaskId);

internal sealed record ChildAnswered(int TaskId, string? Result, Failure? Failure = null) : Answer(TaskId);

internal sealed record TimerFired(int TaskId) : Answer(TaskId);

internal sealed record EventRaised(string Name, string? Payload, EventSource? Source = null) : Message;

/// <summary>The decision that sent an event: what makes a second delivery recognizable.</summary>
internal readonly record struct EventSource(Guid ExecutionId, int TaskId);

internal sealed record TerminateAsked(string? Output, bool Recursive) : Message;

internal sealed record SuspendAsked(string? Reason) : Message;

internal sealed record ResumeAsked(string? Reason) : Message;
