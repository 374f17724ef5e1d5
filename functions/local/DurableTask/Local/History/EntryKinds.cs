namespace Microsoft.DurableTask.Local;

/// <summary>The kinds as they stand on disk: a number never changes its meaning.</summary>
internal enum EntryKind : byte
{
    ExecutionStarted = 1,
    ActivityAnswered = 2,
    ChildAnswered = 3,
    TimerFired = 4,
    EventRaised = 5,
    TerminateAsked = 6,
    SuspendAsked = 7,
    ResumeAsked = 8,
    Turn = 9,
    EventDelivered = 10,
    OldActivity = 11,
    OldActivityDone = 12,
    ActivityScheduled = 32,
    ChildScheduled = 33,
    TimerCreated = 34,
    EventSent = 35,
}

internal static class EntryKinds
{
    public static EntryKind Of(Entry entry) => entry switch
    {
        ExecutionStarted => EntryKind.ExecutionStarted,
        ActivityAnswered => EntryKind.ActivityAnswered,
        ChildAnswered => EntryKind.ChildAnswered,
        TimerFired => EntryKind.TimerFired,
        EventRaised => EntryKind.EventRaised,
        TerminateAsked => EntryKind.TerminateAsked,
        SuspendAsked => EntryKind.SuspendAsked,
        ResumeAsked => EntryKind.ResumeAsked,
        Turn => EntryKind.Turn,
        EventDelivered => EntryKind.EventDelivered,
        OldActivity => EntryKind.OldActivity,
        OldActivityDone => EntryKind.OldActivityDone,
        _ => throw new InvalidOperationException($"{entry.GetType().Name} has no kind on disk."),
    };

    public static EntryKind Of(Decision decision) => decision switch
    {
        ActivityScheduled => EntryKind.ActivityScheduled,
        ChildScheduled => EntryKind.ChildScheduled,
        TimerCreated => EntryKind.TimerCreated,
        EventSent => EntryKind.EventSent,
        _ => throw new InvalidOperationException($"{decision.GetType().Name} has no kind on disk."),
    };
}
