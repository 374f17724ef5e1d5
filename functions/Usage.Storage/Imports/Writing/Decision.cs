using Usage.Core.Ids;
using Usage.Core.Issues;

namespace Usage.Storage.Imports.Writing;

/// <summary>What was decided before the first write.</summary>
/// <param name="Error">Why nothing will be recorded; null: the run goes on.</param>
/// <param name="Mode">What the partitions are merged for.</param>
public sealed record Decision(RunError? Error, WriteMode Mode)
{
    public static Decision Cancel { get; } = new(null, WriteMode.None) { Cancelled = true };

    public RunId? DuplicateOf { get; init; }

    /// <summary>Somebody asked to cancel in time: nothing is written.</summary>
    public bool Cancelled { get; init; }
}
