using Usage.Core.Ids;
using Usage.Core.Runs;

namespace Usage.Storage.Runs;

/// <summary>The file that a run reads.</summary>
/// <param name="Container">A test run of a body has its file beside the run.</param>
/// <param name="Blob">Path within the container.</param>
/// <param name="ETag">Only this content is read; a blob that was replaced meanwhile is another drop.</param>
/// <param name="Force">Imports it even where it is a duplicate.</param>
public sealed record RunSource(string Container, string Blob, string ETag, bool Force)
{
    /// <summary>What <see cref="Drop"/> calls so.</summary>
    public string? Date { get; init; }

    /// <inheritdoc cref="Date"/>
    public string? SourceName { get; init; }

    /// <summary>Since when the run waits; null: since its file arrived.</summary>
    public DateTimeOffset? QueuedAt { get; init; }

    /// <summary>It is in the container of dropped files, where anybody may replace it.</summary>
    public bool IsDropped => Container == UsageBlobs.ImportsName;

    /// <summary>The run reads no file.</summary>
    public bool IsNone => Container.Length == 0;

    public static RunSource Of(Drop drop) =>
        new(UsageBlobs.ImportsName, drop.Path, drop.ETag, drop.Force) { Date = drop.Date, SourceName = drop.SourceName };

    /// <summary>Of a run that reads no file, and that stands in no queue.</summary>
    public static RunSource None(RunId run) => new("", "", run.Value, Force: true);

    /// <summary>Of a run that reads no dropped file, and that stands in a queue: behind all files of the same second.</summary>
    public static RunSource Queued(IntegrationId integration, RunId run, DateTimeOffset since) =>
        new("", $"{integration}/\uFFFD", run.Value, Force: true) { QueuedAt = since };

    /// <summary>Of a pull whose file never came to be dropped.</summary>
    public static RunSource NeverDropped { get; } = new(UsageBlobs.ImportsName, "", "", Force: false);
}

/// <summary>A run's record, with what only the pipeline needs to know of it.</summary>
public sealed record StoredRun(Run Run, RunSource Source, bool CancelRequested)
{
    /// <summary>The copy of the file that was taken when the run was admitted, or a test run began; null where it has a body.</summary>
    public RunSource? Pinned { get; init; }

    /// <summary>What is read of the file.</summary>
    public RunSource Content => Pinned ?? Source;

    /// <summary>In its queue; not for a test run.</summary>
    public QueuedRun Queued() => new(Run.Id, Drop!);

    /// <summary>What gives the run its place in the queue. Null for a test run and an erase, which stand in none.</summary>
    public Drop? Drop => Run.Kind is not (RunKind.Test or RunKind.Erase)
        ? new Drop(Source.Blob, Source.ETag, Source.QueuedAt ?? Run.ArrivedAt, Source.Force)
        {
            Date = Source.Date,
            SourceName = Source.SourceName,
        }
        : null;
}

/// <summary>Which runs a list has; null is any, and of kinds any but test runs.</summary>
/// <param name="Statuses">One of them.</param>
public sealed record RunFilter(RunKind? Kind, IntegrationId? Integration = null, IReadOnlyList<RunStatus>? Statuses = null)
{
    /// <summary>Who it is by.</summary>
    public string? By { get; init; }

    /// <summary>Begun by arrival or by somebody's request from then on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>And before then.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>A part of the file's path or of the run's id, in any case.</summary>
    public string? Search { get; init; }

    /// <summary>Whether the text is in a run that the table's query has found.</summary>
    internal bool Finds(Run run) => Search is not { } text
        || run.Id.Value.Contains(text, StringComparison.OrdinalIgnoreCase)
        || run.Blob?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;
}
