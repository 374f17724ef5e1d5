namespace Usage.Core.Outbound;

public enum PullStatus
{
    /// <summary>Nothing was pulled so far.</summary>
    Never,

    Queued,

    Running,

    /// <summary>The file was dropped, and has a run.</summary>
    Pulled,

    /// <summary>The source's content has not changed since the last file; there is no run.</summary>
    Unchanged,

    /// <summary>A run with the code <c>pull-failed</c> tells why.</summary>
    Failed,
}

/// <summary>How an integration's last pull went.</summary>
public sealed record PullState
{
    public required PullStatus Status { get; init; }

    public DateTimeOffset? At { get; init; }

    /// <summary>A sentence: what was pulled, that nothing has changed, or why the pull failed.</summary>
    public string? Message { get; init; }

    /// <summary>Path within the container <c>imports</c> of the last file that came.</summary>
    public string? Blob { get; init; }

    public DateTimeOffset? LastSuccess { get; init; }
}

/// <summary>The validators that a source sent with its content. The next pull sends them to ask whether the content has changed.</summary>
/// <param name="Source">Fingerprint of the request (URL, headers, the integration's version): for another request the validators are not
/// used.</param>
public sealed record PullValidator(string Source, string? ETag, string? LastModified)
{
    /// <summary>Whether the ETag identifies the exact bytes; a weak one doesn't.</summary>
    public bool IsStrong() => ETag is not null && !ETag.StartsWith("W/", StringComparison.Ordinal);
}
