using System.Text;

namespace Microsoft.DurableTask.Local;

/// <summary>Writes entries as bytes: a kind, then the members in order, numbers and lengths in seven-bit groups.</summary>
internal sealed class EntryWriter(Stream stream) : BinaryWriter(stream, Encoding.UTF8, leaveOpen: true)
{
    public void Entry(Entry entry)
    {
        Write((byte)EntryKinds.Of(entry));
        switch (entry)
        {
            case ExecutionStarted e: Started(e); break;
            case ActivityAnswered e: Answered(e.TaskId, e.Result, e.Failure); break;
            case ChildAnswered e: Answered(e.TaskId, e.Result, e.Failure); break;
            case TimerFired e: Number(e.TaskId); break;
            case EventRaised e: Raised(e); break;
            case TerminateAsked e: Text(e.Output); Write(e.Recursive); break;
            case SuspendAsked e: Text(e.Reason); break;
            case ResumeAsked e: Text(e.Reason); break;
            case Turn e: Turn(e); break;
            case EventDelivered e: Number(e.TaskId); break;
            case OldActivity e: Id(e.ExecutionId); Decision(e.Activity); break;
            case OldActivityDone e: Id(e.ExecutionId); Number(e.TaskId); break;
            default: throw new InvalidOperationException($"No bytes are defined for {entry.GetType().Name}.");
        }
    }

    public void Text(string? text)
    {
        if (text is null)
        {
            Number(0);
            return;
        }

        Number(Encoding.UTF8.GetByteCount(text) + 1);
        Write(Encoding.UTF8.GetBytes(text));
    }

    public void Time(DateTime time) => Write(time.Ticks);

    public void Tags(IReadOnlyDictionary<string, string>? tags)
    {
        Number(tags?.Count ?? 0);
        foreach (var (name, value) in tags ?? new Dictionary<string, string>())
        {
            Text(name);
            Text(value);
        }
    }

    public void Number(int number) => Write7BitEncodedInt(number);

    private void Id(Guid id) => Write(id.ToByteArray());

    private void Optional<T>(T? value, Action<T> write)
        where T : class
    {
        Write(value is not null);
        if (value is not null)
        {
            write(value);
        }
    }

    private void Many<T>(IReadOnlyList<T> values, Action<T> write)
    {
        Number(values.Count);
        foreach (var value in values)
        {
            write(value);
        }
    }

    private void Started(ExecutionStarted e)
    {
        Text(e.InstanceId);
        Id(e.ExecutionId);
        Text(e.Name);
        Text(e.Version);
        Text(e.Input);
        Time(e.CreatedAt);
        Write(e.ScheduledStart is not null);
        if (e.ScheduledStart is { } start)
        {
            Time(start);
        }

        Optional(e.Parent, parent =>
        {
            Text(parent.InstanceId);
            Text(parent.Name);
            Id(parent.ExecutionId);
            Number(parent.TaskId);
        });
        Tags(e.Tags);
        Write(e.IsContinuation);
        Text(e.CustomStatus);
    }

    private void Answered(int id, string? result, Failure? failure)
    {
        Number(id);
        Text(result);
        Optional(failure, Failed);
    }

    private void Failed(Failure failure)
    {
        Write(failure.NonRetriable);
        Details(failure.Details);
    }

    private void Details(TaskFailureDetails details)
    {
        Text(details.ErrorType);
        Text(details.ErrorMessage);
        Text(details.StackTrace);
        Optional(details.InnerFailure, Details);
    }

    private void Raised(EventRaised e)
    {
        Text(e.Name);
        Text(e.Payload);
        Write(e.Source is not null);
        if (e.Source is { } source)
        {
            Id(source.ExecutionId);
            Number(source.TaskId);
        }
    }

    private void Turn(Turn turn)
    {
        Time(turn.Time);
        Number(turn.Consumed);
        Many(turn.Decisions, Decision);
        Many(turn.CancelledTimers, Number);
        Optional(turn.CustomStatus, status => Text(status.Serialized));
        Optional(turn.Ending, Ending);
    }

    private void Ending(Ending ending)
    {
        Write((byte)ending.Status);
        Text(ending.Output);
        Optional(ending.Failure, Failed);
        Write(ending.ContinuesAsNew);
        Text(ending.NewVersion);
        Many(ending.Carried, Raised);
        Write(ending.Recursive);
    }

    private void Decision(Decision decision)
    {
        Write((byte)EntryKinds.Of(decision));
        Number(decision.Id);
        switch (decision)
        {
            case ActivityScheduled d: Text(d.Name); Text(d.Version); Text(d.Input); break;
            case ChildScheduled d: Text(d.Name); Text(d.InstanceId); Text(d.Version); Text(d.Input); Tags(d.Tags); break;
            case TimerCreated d: Time(d.FireAt); break;
            case EventSent d: Text(d.InstanceId); Text(d.Name); Text(d.Payload); break;
            default: throw new InvalidOperationException($"No bytes are defined for {decision.GetType().Name}.");
        }
    }
}
