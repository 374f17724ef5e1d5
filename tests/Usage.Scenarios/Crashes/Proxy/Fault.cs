namespace Usage.Scenarios.Crashes.Proxy;

/// <summary>What happens to one request.</summary>
internal sealed record Fault(FaultKind Kind)
{
    public static Fault None { get; } = new(FaultKind.None);

    /// <summary>Answered instead of the service's own answer.</summary>
    public int Status { get; init; }

    public TimeSpan Delay { get; init; }

    /// <summary>Called when a request that hangs or is held has come so far.</summary>
    public Action Reached { get; init; } = () => { };

    /// <summary>Until when a request is held.</summary>
    public Task Until { get; init; } = Task.CompletedTask;
}

internal enum FaultKind
{
    None,

    /// <summary>Answered with an error; the service never hears of it.</summary>
    Refuse,

    /// <summary>The connection is reset; the service never hears of it.</summary>
    Reset,

    /// <summary>The service does it, and the connection is reset.</summary>
    LoseAnswer,

    /// <summary>The service does it, and an error is answered.</summary>
    BelieAnswer,

    /// <summary>The service is asked twice, and the second answer counts.</summary>
    Twice,

    /// <summary>Sent and answered, but only after a while.</summary>
    Hold,

    /// <summary>Neither sent nor answered.</summary>
    HangBefore,

    /// <summary>Sent, and not answered.</summary>
    HangAfter,
}
