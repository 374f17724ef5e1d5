namespace Usage.Functions.Uploads;

/// <summary>Begins an upload whose bytes aren't in the request: its blocks come later, or it is a copy of a dropped file.</summary>
public sealed record UploadBody
{
    /// <summary>Of a copy, what it is called below its folder where this is null.</summary>
    public string? Name { get; init; }

    /// <summary>How many will come; null for a copy.</summary>
    public long? Bytes { get; init; }

    /// <summary>Path within <c>imports</c>; null: blocks will come.</summary>
    public string? Blob { get; init; }
}
