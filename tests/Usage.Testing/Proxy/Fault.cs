namespace Usage.Testing.Proxy;

/// <summary>What happens to one request.</summary>
public sealed record Fault(FaultKind Kind)
{
    public static Fault None { get; } = new(FaultKind.None);

    /// <summary>Answered instead of the service's own answer.</summary>
    public int Status { get; init; }

    public TimeSpan Delay { get; init; }

    /// <summary>Called when a request that hangs, is held or is to be sent late has come so far.</summary>
    public Action Reached { get; init; } = () => { };

    /// <summary>Until when a request is held, or isn't sent.</summary>
    public Task Until { get; init; } = Task.CompletedTask;

    /// <summary>Told the service's status and answer of a request that was sent late.</summary>
    public Action<int, string> Answered { get; init; } = (_, _) => { };
}
