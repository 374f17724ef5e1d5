using System.Text.Json.Nodes;
using Usage.Core.Ids;

namespace Usage.Core.Uploads;

/// <summary>A file that somebody has sent without dropping it, with what was decided of it so far. It is theirs alone.</summary>
public sealed record Upload
{
    /// <summary>As long as the storage service keeps blocks that nobody has committed.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    public required UploadId Id { get; init; }

    /// <summary>As of a file that is dropped: a path below an integration's folder.</summary>
    public required string Name { get; init; }

    /// <summary>Of the whole file; while it isn't committed, as whoever sends it has said.</summary>
    public required long Bytes { get; init; }

    /// <summary>In lower case; null while it isn't committed.</summary>
    public string? Sha256 { get; init; }

    /// <summary>It is whole, and can be tried out and dropped.</summary>
    public bool Committed => Sha256 is not null;

    /// <summary>Those that are there, by their numbers; empty once it is committed.</summary>
    public IReadOnlyList<UploadBlock> Blocks { get; init; } = [];

    /// <summary>What was decided of it, in the words of whoever decides; null: nothing.</summary>
    public JsonNode? Draft { get; init; }

    /// <summary>The run that it was sent to last; null: none.</summary>
    public RunId? Run { get; init; }

    public required DateTimeOffset At { get; init; }

    public DateTimeOffset ExpiresAt => At + KeptFor;
}

/// <param name="Number">From 1: the file is its blocks in their order.</param>
public readonly record struct UploadBlock(int Number, long Bytes);
