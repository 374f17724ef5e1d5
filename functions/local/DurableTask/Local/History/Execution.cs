using Microsoft.DurableTask.Client;

namespace Microsoft.DurableTask.Local;

/// <summary>
/// What a log amounts to. Live entries and entries read back at a start go the same way through <see cref="Apply"/>, so
/// that both give the same state.
/// </summary>
internal sealed class Execution
{
    private readonly List<Message> _inbox = [];
    private readonly List<Turn> _turns = [];
    private readonly Dictionary<int, Decision> _open = [];
    private readonly Dictionary<EventSource, OldActivity> _oldActivities = [];
    private readonly HashSet<EventSource> _seen = [];
    private readonly List<Decision> _undone = [];

    public Execution(ExecutionStarted start)
    {
        Start = start;
        LastUpdatedAt = start.CreatedAt;
        CustomStatus = start.CustomStatus;
    }

    public ExecutionStarted Start { get; }

    public Guid Id => Start.ExecutionId;

    public IReadOnlyList<Message> Inbox => _inbox;

    public IReadOnlyList<Turn> Turns => _turns;

    /// <summary>Decisions that wait for an answer: activities, sub-orchestrations, timers that were not cancelled.</summary>
    public IReadOnlyDictionary<int, Decision> Open => _open;

    public IReadOnlyCollection<OldActivity> OldActivities => _oldActivities.Values;

    /// <summary>Decisions that nobody has acted on in this process yet.</summary>
    public IReadOnlyList<Decision> Undone => _undone;

    public int Consumed => _turns.Count == 0 ? 0 : _turns[^1].Consumed;

    public string? CustomStatus { get; private set; }

    public Ending? Ending { get; private set; }

    public bool IsSuspended { get; private set; }

    public DateTime LastUpdatedAt { get; private set; }

    /// <summary>Messages, turns and decisions so far.</summary>
    public int Events { get; private set; }

    public OrchestrationRuntimeStatus Status
        => Ending is { ContinuesAsNew: false } ending ? ending.Status
            : IsSuspended ? OrchestrationRuntimeStatus.Suspended
            : _turns.Count == 0 && !Start.IsContinuation ? OrchestrationRuntimeStatus.Pending
            : OrchestrationRuntimeStatus.Running;

    /// <summary>Whether nothing is left that a restart would have to know of: it may leave the memory.</summary>
    public bool IsSettled => Ending is { ContinuesAsNew: false }
        && _undone.Count == 0 && _oldActivities.Count == 0 && !_open.Values.Any(open => open is ActivityScheduled);

    public bool HasWork(DateTime now)
        => Ending is null && _inbox.Count > Consumed
            && (_turns.Count > 0 || Start.ScheduledStart is not { } start || start <= now || _inbox.Any(message => message is TerminateAsked));

    public bool WaitsFor(Guid execution, int task) => execution == Id && _open.ContainsKey(task);

    public bool HasSeen(EventSource source) => _seen.Contains(source);

    public bool HasOldActivity(Guid execution, int task) => _oldActivities.ContainsKey(new(execution, task));

    /// <summary>Marks decisions as acted on; a sent event is done only when its delivery is on disk.</summary>
    public void MarkDone(HashSet<int> ids) => _undone.RemoveAll(decision => ids.Contains(decision.Id) && decision is not EventSent);

    public void Apply(Entry entry)
    {
        Events++;
        switch (entry)
        {
            case Turn turn: Take(turn); break;
            case EventDelivered delivered: _undone.RemoveAll(decision => decision.Id == delivered.TaskId); break;
            case OldActivity old: _oldActivities.Add(new(old.ExecutionId, old.Activity.Id), old); break;
            case OldActivityDone done: _oldActivities.Remove(new(done.ExecutionId, done.TaskId)); break;
            case Message message: Take(message); break;
            default: throw new InvalidOperationException($"{entry.GetType().Name} changes nothing.");
        }
    }

    private void Take(Message message)
    {
        _inbox.Add(message);
        if (message is Answer answer && _open.Remove(answer.TaskId))
        {
            _undone.RemoveAll(decision => decision.Id == answer.TaskId && decision is not EventSent);
        }
        else if (message is EventRaised { Source: { } source })
        {
            _seen.Add(source);
        }
    }

    private void Take(Turn turn)
    {
        for (var i = Consumed; i < turn.Consumed; i++)
        {
            IsSuspended = _inbox[i] switch { SuspendAsked => true, ResumeAsked => false, _ => IsSuspended };
        }

        _turns.Add(turn);
        Events += turn.Decisions.Count;
        LastUpdatedAt = turn.Time;
        Ending = turn.Ending;
        CustomStatus = turn.CustomStatus is { } status ? status.Serialized : CustomStatus;
        foreach (var decision in turn.Decisions)
        {
            _undone.Add(decision);
            if (decision is not EventSent)
            {
                _open.Add(decision.Id, decision);
            }
        }

        foreach (var timer in turn.CancelledTimers)
        {
            _open.Remove(timer);
            _undone.RemoveAll(decision => decision.Id == timer);
        }
    }
}
