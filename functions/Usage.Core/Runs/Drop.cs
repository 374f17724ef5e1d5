using Usage.Core.Ids;
using Usage.Core.Integrations;

namespace Usage.Core.Runs;

/// <summary>A file in the container <c>imports</c>, as it was at one moment.</summary>
/// <param name="Path">Within the container: <c>{integration}/{path}</c>.</param>
/// <param name="ArrivedAt">Its last-modified time.</param>
/// <param name="Force">Its metadata say <c>force: true</c>.</param>
public sealed record Drop(string Path, string ETag, DateTimeOffset ArrivedAt, bool Force)
{
    /// <summary>Who a run is by whose file somebody put into the container.</summary>
    public const string Dropped = "drop";

    /// <summary>Who a run is by whose file was pulled.</summary>
    public const string Pulled = "pull";

    /// <summary>The date that its metadata give to all of its rows, as it stands there; null: none.</summary>
    public string? Date { get; init; }

    /// <summary>What a pulled file is called where it came from; null for one that was dropped.</summary>
    public string? SourceName { get; init; }

    /// <summary>Its first folder; empty when it lies outside of any.</summary>
    public string Folder => FolderOf(Path);

    /// <summary>The run that imports it: the same one however often the drop is announced.</summary>
    public RunId RunId => RunIdText.ForDrop(ArrivedAt, Path, ETag);

    public static string FolderOf(string path) => path.IndexOf('/') is > 0 and var slash ? path[..slash] : "";

    // A method, since drops are kept in histories.
    public FileOrigin Origin() => new(SourceName ?? Path[(Path.IndexOf('/') + 1)..], Date);

    /// <summary>The record that its run begins with.</summary>
    /// <param name="version">Of the integration; 0 while it isn't known.</param>
    public Run ToQueuedRun(int version) => new()
    {
        Id = RunId,
        Integration = IntegrationId.TryParse(Folder, out var integration) ? integration : null,
        Version = version,
        Kind = RunKind.Import,
        Blob = Path,
        Status = RunStatus.Queued,
        By = SourceName is null ? Dropped : Pulled,
        ArrivedAt = ArrivedAt,
    };
}
