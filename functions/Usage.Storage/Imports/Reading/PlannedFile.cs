using Usage.Core.Files;
using Usage.Core.Ids;

namespace Usage.Storage.Imports.Reading;

/// <summary>The plan, with what else all activities of the run must agree on.</summary>
/// <param name="Partitions">How many.</param>
/// <param name="Roster">The name of the pinned list of accounts.</param>
public sealed record PlannedFile(FilePlan Plan, int Partitions, string Roster)
{
    /// <summary>The run whose file it is, where it isn't the run's own.</summary>
    public RunId? FileOf { get; init; }

    /// <summary>There are resolutions, which are pinned too.</summary>
    public bool IsResolved { get; init; }
}
