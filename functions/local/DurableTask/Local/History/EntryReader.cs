using System.Text;
using Microsoft.DurableTask.Client;

namespace Microsoft.DurableTask.Local;

/// <summary>Reads what <see cref="EntryWriter"/> wrote.</summary>
internal sealed class EntryReader(Stream stream) : BinaryReader(stream, Encoding.UTF8, leaveOpen: true)
{
    public Entry Entry() => (EntryKind)ReadByte() switch
    {
        EntryKind.ExecutionStarted => Started(),
        EntryKind.ActivityAnswered => new ActivityAnswered(Number(), Text(), Optional(Failed)),
        EntryKind.ChildAnswered => new ChildAnswered(Number(), Text(), Optional(Failed)),
        EntryKind.TimerFired => new TimerFired(Number()),
        EntryKind.EventRaised => Raised(),
        EntryKind.TerminateAsked => new TerminateAsked(Text(), ReadBoolean()),
        EntryKind.SuspendAsked => new SuspendAsked(Text()),
        EntryKind.ResumeAsked => new ResumeAsked(Text()),
        EntryKind.Turn => Turn(),
        EntryKind.EventDelivered => new EventDelivered(Number()),
        EntryKind.OldActivity => new OldActivity(Id(), (ActivityScheduled)Decision()),
        EntryKind.OldActivityDone => new OldActivityDone(Id(), Number()),
        var kind => throw Unknown(kind),
    };

    public string? Text()
    {
        var length = Number();
        return length == 0 ? null : Encoding.UTF8.GetString(ReadBytes(length - 1));
    }

    public string RequiredText() => Text() ?? throw new InvalidDataException("A name or id is missing in the history.");

    public DateTime Time() => new(ReadInt64(), DateTimeKind.Utc);

    public IReadOnlyDictionary<string, string>? Tags()
    {
        var count = Number();
        if (count == 0)
        {
            return null;
        }

        var tags = new Dictionary<string, string>(count);
        for (var i = 0; i < count; i++)
        {
            tags[RequiredText()] = Text() ?? string.Empty;
        }

        return tags;
    }

    private static InvalidDataException Unknown(EntryKind kind)
        => new($"Found a history entry of kind {(byte)kind}, which this version does not know. Was it written by a newer version?");

    private int Number() => Read7BitEncodedInt();

    private Guid Id() => new(ReadBytes(16));

    private T? Optional<T>(Func<T> read)
        where T : class => ReadBoolean() ? read() : null;

    private List<T> Many<T>(Func<T> read)
    {
        var count = Number();
        var values = new List<T>(count);
        for (var i = 0; i < count; i++)
        {
            values.Add(read());
        }

        return values;
    }

    // Initializers run in the order in which they are written here, which is the writer's.
    private ExecutionStarted Started() => new()
    {
        InstanceId = RequiredText(),
        ExecutionId = Id(),
        Name = RequiredText(),
        Version = Text() ?? string.Empty,
        Input = Text(),
        CreatedAt = Time(),
        ScheduledStart = ReadBoolean() ? Time() : null,
        Parent = Optional(() => new ParentLink(RequiredText(), RequiredText(), Id(), Number())),
        Tags = Tags(),
        IsContinuation = ReadBoolean(),
        CustomStatus = Text(),
    };

    private Failure Failed()
    {
        var nonRetriable = ReadBoolean();
        return new(Details(), nonRetriable);
    }

    private TaskFailureDetails Details() => new(Text() ?? string.Empty, Text() ?? string.Empty, Text(), Optional(Details), null);

    private EventRaised Raised() => new(RequiredText(), Text(), ReadBoolean() ? new EventSource(Id(), Number()) : null);

    private Turn Turn() => new()
    {
        Time = Time(),
        Consumed = Number(),
        Decisions = Many(Decision),
        CancelledTimers = Many(Number),
        CustomStatus = Optional(() => new CustomStatus(Text())),
        Ending = Optional(Ending),
    };

    private Ending Ending() => new((OrchestrationRuntimeStatus)ReadByte(), Text())
    {
        Failure = Optional(Failed),
        ContinuesAsNew = ReadBoolean(),
        NewVersion = Text(),
        Carried = Many(Raised),
        Recursive = ReadBoolean(),
    };

    private Decision Decision() => (EntryKind)ReadByte() switch
    {
        EntryKind.ActivityScheduled => new ActivityScheduled(Number(), RequiredText(), Text() ?? string.Empty, Text()),
        EntryKind.ChildScheduled => new ChildScheduled(Number(), RequiredText(), RequiredText(), Text() ?? string.Empty, Text()) { Tags = Tags() },
        EntryKind.TimerCreated => new TimerCreated(Number(), Time()),
        EntryKind.EventSent => new EventSent(Number(), RequiredText(), RequiredText(), Text()),
        var kind => throw Unknown(kind),
    };
}
