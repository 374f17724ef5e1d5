namespace Usage.Functions.Exports;

/// <summary>Whether the same may go better another time.</summary>
public enum Again
{
    /// <summary>In a moment: a connection that broke, a server that is busy.</summary>
    Soon,

    /// <summary>In some minutes: an export that isn't there yet.</summary>
    Later,

    /// <summary>Not before someone has changed something.</summary>
    Never,
}

/// <summary>A pull or a notice that failed, in words for the admin: no secret, no body, no internals.</summary>
public sealed class ExportException(string message, Again again, Exception? inner = null) : Exception(message, inner)
{
    public Again Again => again;

    /// <summary>How long the other side asked to wait; null when it didn't say.</summary>
    public TimeSpan? Wait { get; init; }
}
