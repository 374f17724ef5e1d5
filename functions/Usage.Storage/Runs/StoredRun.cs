using Usage.Core.Integrations;
using Usage.Core.Runs;

namespace Usage.Storage.Runs;

/// <param name="Container">Of the file; test runs of a body have theirs beside the run.</param>
/// <param name="Blob">Path within it.</param>
/// <param name="ETag">Only this content is read; a blob replaced meanwhile is another drop.</param>
/// <param name="Force">Imports even what is a duplicate.</param>
public sealed record RunSource(string Container, string Blob, string ETag, bool Force);

/// <summary>A run's record with what only the pipeline needs of it.</summary>
public sealed record StoredRun(Run Run, RunSource Source, bool CancelRequested);

/// <summary>What a list of runs is about; null is any.</summary>
public sealed record RunFilter(RunKind Kind, IntegrationId? Integration = null, RunStatus? Status = null);

public static class RunStates
{
    public static bool HasEnded(this Run run) => run.Status is not (RunStatus.Queued or RunStatus.Running);
}
