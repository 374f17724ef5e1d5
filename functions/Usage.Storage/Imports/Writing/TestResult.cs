using Usage.Core.Snapshots;

namespace Usage.Storage.Imports.Writing;

/// <summary>What a test run has beyond a run's record; kept beside it.</summary>
public sealed record TestResult(Changes Changes, IReadOnlyList<PreviewRow> Preview)
{
    public static TestResult Empty { get; } = new(Changes.None, []);
}

/// <summary>
/// Values that an import would make, change, find as they are, or take away. They add up to the run's values; one that is to be taken away
/// where nothing is stored is unchanged.
/// </summary>
public sealed record Changes(long New, long Changed, long Unchanged, long Removed)
{
    public static Changes None { get; } = new(0, 0, 0, 0);

    public static Changes operator +(Changes a, Changes b) =>
        new(a.New + b.New, a.Changed + b.Changed, a.Unchanged + b.Unchanged, a.Removed + b.Removed);
}
