namespace Microsoft.DurableTask.Local;

/// <summary>Something that the orchestrator's code asked for. Ids count from 0 in each execution.</summary>
internal abstract record Decision(int Id)
{
    /// <summary>What a person calls it, and all that a replay must repeat of it.</summary>
    public abstract string Describe();

    public bool IsSameAs(Decision other) => string.Equals(Describe(), other.Describe(), StringComparison.OrdinalIgnoreCase);
}

internal sealed record ActivityScheduled(int Id, string Name, string Version, string? Input) : Decision(Id)
{
    public override string Describe() => $"activity '{Name}' (#{Id})";
}

internal sealed record ChildScheduled(int Id, string Name, string InstanceId, string Version, string? Input) : Decision(Id)
{
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    public override string Describe() => $"sub-orchestration '{Name}' with instance id '{InstanceId}' (#{Id})";
}

internal sealed record TimerCreated(int Id, DateTime FireAt) : Decision(Id)
{
    public override string Describe() => $"timer (#{Id})";
}

internal sealed record EventSent(int Id, string InstanceId, string Name, string? Payload) : Decision(Id)
{
    public override string Describe() => $"event '{Name}' to instance '{InstanceId}' (#{Id})";
}
