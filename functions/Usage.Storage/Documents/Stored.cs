using Azure;

namespace Usage.Storage.Documents;

/// <summary>A value as it was read, with the version that a conditional write is held against.</summary>
public sealed record Stored<T>(T Value, ETag Version);
