using Usage.Core.Snapshots;

namespace Usage.Storage.Imports.Writing;

/// <summary>What a test run has beyond a run's record; kept beside it.</summary>
public sealed record TestResult(IReadOnlyList<PreviewRow> Preview)
{
    public static TestResult Empty { get; } = new([]);
}
