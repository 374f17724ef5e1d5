using Usage.Core.Runs;

namespace Usage.Functions.Imports.Steps;

/// <summary>What was decided before the first write.</summary>
/// <param name="Error">Why nothing will be recorded; null: it goes on.</param>
/// <param name="Mode">What the merge, if there is one, is for.</param>
public sealed record Decision(RunError? Error, MergeMode Mode)
{
    public static Decision Cancel { get; } = new(null, MergeMode.None) { Cancelled = true };

    public RunId? DuplicateOf { get; init; }

    /// <summary>Someone asked to cancel in time: nothing is written.</summary>
    public bool Cancelled { get; init; }
}
