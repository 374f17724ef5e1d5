namespace Usage.Core.Issues;

public enum Severity { Error, Warning }

/// <summary>All findings of one code in one run: how many, and the first few in row order.</summary>
public sealed record RunIssue
{
    /// <summary>Samples kept for each code.</summary>
    public const int MaxSamples = 10;

    public required string Code { get; init; }

    public required Severity Severity { get; init; }

    public required long Count { get; init; }

    public IReadOnlyList<IssueSample> Samples { get; init; } = [];
}

/// <summary>One finding. Row counts records from 1, the header not counted; null for the file as a whole.</summary>
public sealed record IssueSample(long? Row, string? Column, string? Found, string Message);

/// <summary>Why the whole run failed.</summary>
public sealed record RunError(string Code, string Message);

/// <summary>One finding of one row.</summary>
public sealed record RowIssue(string Code, string? Column, string? Found, string Message);
