using Usage.Core.Runs;

namespace Usage.Functions.Imports.Steps;

/// <summary>What a test run has beyond a run's record; kept beside it.</summary>
public sealed record TestResult(Changes Changes, IReadOnlyList<PreviewRow> Preview);
