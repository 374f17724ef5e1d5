namespace Usage.Core.Values;

/// <summary>What an admin declares about files; what is null is detected.</summary>
public sealed record FileFormat
{
    /// <summary>One of <c>, ; tab |</c>, the tab as <c>\t</c> or the word <c>tab</c>.</summary>
    public string? Delimiter { get; init; }

    /// <summary><c>utf-8</c>, <c>utf-16</c> or <c>windows-1252</c>. A byte order mark wins over it.</summary>
    public string? Encoding { get; init; }

    /// <summary>.NET custom format strings, invariant culture. ISO 8601 is understood in any case.</summary>
    public IReadOnlyList<string> DateFormats { get; init; } = [];

    /// <summary><c>.</c> or <c>,</c>; null: what the file proves.</summary>
    public string? DecimalSeparator { get; init; }

    /// <summary>Cells that equal one of these, any case, count as blank.</summary>
    public IReadOnlyList<string> NullTokens { get; init; } = [];
}
