namespace Usage.Functions.Outbound;

/// <summary>Whether the same may go better another time.</summary>
public enum Retry
{
    /// <summary>In a moment: a connection that broke, a server that is busy.</summary>
    Soon,

    /// <summary>In some minutes: an export that isn't there yet.</summary>
    Later,

    /// <summary>Not before someone has changed something.</summary>
    Never,
}

/// <summary>A pull or a notice that failed, in words for the admin: no secret, no body, no internals.</summary>
public sealed class OutboundException(string message, Retry retry, Exception? inner = null) : Exception(message, inner)
{
    public Retry Retry => retry;

    /// <summary>How long the other side asked to wait; null when it didn't say.</summary>
    public TimeSpan? Wait { get; init; }
}
