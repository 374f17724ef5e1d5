using Usage.Core.Outbound;

namespace Usage.Storage.Pulls;

/// <summary>All that is remembered of an integration's pulls.</summary>
public sealed record PullRecord
{
    /// <summary>The schedule that <see cref="DoneUntil"/> belongs to: times of another one weren't missed.</summary>
    public string? Schedule { get; init; }

    /// <summary>Scheduled times up to this one were started, or are no longer owed.</summary>
    public DateTimeOffset DoneUntil { get; init; }

    /// <summary>The orchestration that was started last.</summary>
    public string? Instance { get; init; }

    public PullState State { get; init; } = new() { Status = PullStatus.Never };

    /// <summary>Of the last file that came; null before the first.</summary>
    public PullValidator? Validator { get; init; }

    /// <summary>A download that has begun: an attempt after a crash goes on with it.</summary>
    public PartialPull? Partial { get; init; }
}

/// <param name="Blob">Path within the container <c>imports</c>.</param>
/// <param name="Stage">Marks the blocks that hold this content.</param>
/// <param name="Validator">Of the content that is coming in.</param>
/// <param name="IfRange">What the source is shown to get the rest of this content only; null when it can't be continued.</param>
public sealed record PartialPull(string Blob, string Stage, PullValidator Validator, string? IfRange)
{
    /// <summary>What the source calls the file.</summary>
    public string? Name { get; init; }
}
