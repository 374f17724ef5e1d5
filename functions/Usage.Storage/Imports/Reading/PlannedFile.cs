using Usage.Core.Files;

namespace Usage.Storage.Imports.Reading;

/// <summary>The plan, with the number of partitions that all activities must agree on.</summary>
public sealed record PlannedFile(FilePlan Plan, int Partitions);
