namespace Usage.Core.Outbound;

public enum PullStatus
{
    /// <summary>Nothing was pulled so far.</summary>
    Never,

    Queued,

    Running,

    /// <summary>The file was dropped; its run tells the rest.</summary>
    Pulled,

    /// <summary>The source says that nothing changed since the last file: no run.</summary>
    Unchanged,

    /// <summary>A run with the code <c>pull-failed</c> tells why.</summary>
    Failed,
}

/// <summary>How an integration's last pull went.</summary>
public sealed record PullState
{
    public required PullStatus Status { get; init; }

    public DateTimeOffset? At { get; init; }

    /// <summary>In a sentence: what came, that nothing did, or why.</summary>
    public string? Message { get; init; }

    /// <summary>Path within the container <c>imports</c> of the last file that came.</summary>
    public string? Blob { get; init; }

    public DateTimeOffset? LastSuccess { get; init; }
}

/// <summary>What a source said of its content when it was pulled, to ask the next time whether it changed.</summary>
/// <param name="Source">Fingerprint of what was asked (URL, headers, the integration's version): of something else it says nothing.</param>
public sealed record PullValidator(string Source, string? ETag, string? LastModified)
{
    /// <summary>A strong ETag names the bytes; a weak one only the meaning.</summary>
    public bool IsStrong() => ETag is not null && !ETag.StartsWith("W/", StringComparison.Ordinal);
}
