using Usage.Core.Files;

namespace Usage.Storage.Imports.Reading;

/// <summary>The plan, with what else all activities of the run must agree on.</summary>
/// <param name="Partitions">How many.</param>
/// <param name="Roster">The name of the pinned list of accounts.</param>
public sealed record PlannedFile(FilePlan Plan, int Partitions, string Roster)
{
    /// <summary>There are resolutions, which are pinned too.</summary>
    public bool IsResolved { get; init; }
}
