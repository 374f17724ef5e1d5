using Usage.Core.Snapshots;

namespace Usage.Storage.Imports.Writing;

/// <summary>What a test run has beyond a run's record; kept beside it.</summary>
public sealed record TestResult(Changes Changes, IReadOnlyList<PreviewRow> Preview)
{
    public static TestResult Empty { get; } = new(Changes.None, []);
}

/// <summary>Snapshots that an import would make, change, or find as they are.</summary>
public sealed record Changes(long New, long Changed, long Unchanged)
{
    public static Changes None { get; } = new(0, 0, 0);

    public static Changes operator +(Changes a, Changes b) => new(a.New + b.New, a.Changed + b.Changed, a.Unchanged + b.Unchanged);
}
