namespace Usage.Core.Files.Planning;

public sealed record PlanOptions
{
    /// <summary>A batch ends with the first row that makes it at least this long, in bytes of UTF-8; 1 gives a batch a row. Default 4 MB.</summary>
    public long BatchBytes { get; init; } = 4_000_000;
}
