using Usage.Core.Files;

namespace Usage.Functions.Imports.Steps;

/// <summary>The plan, with the number of partitions that all its steps must agree on.</summary>
public sealed record PlannedFile(FilePlan Plan, int Partitions);
