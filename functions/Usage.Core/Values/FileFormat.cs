namespace Usage.Core.Values;

/// <summary>What an admin declares about files; what is null is detected.</summary>
public sealed record FileFormat
{
    /// <summary>One of <c>, ; tab |</c>, the tab as <c>\t</c> or the word <c>tab</c>.</summary>
    public string? Delimiter { get; init; }

    /// <summary><c>utf-8</c>, <c>utf-16</c> or <c>windows-1252</c>. A byte order mark wins over it.</summary>
    public string? Encoding { get; init; }

    /// <summary>
    /// .NET custom format strings, invariant culture, or one of the words <c>unix</c>, <c>unix-ms</c>, <c>excel</c>, <c>quarter</c>,
    /// <c>iso-week</c>. ISO 8601 is understood in any case.
    /// </summary>
    public IReadOnlyList<string> DateFormats { get; init; } = [];

    /// <summary>
    /// How a date stands in the file's name, for products without a date column: a .NET custom format, <c>quarter</c> or <c>iso-week</c>.
    /// Null: the date comes from the file's arrival.
    /// </summary>
    public string? FileDate { get; init; }

    /// <summary>Of a workbook: the sheet that is read. Null: the first visible one.</summary>
    public SheetChoice? Sheet { get; init; }

    /// <summary><c>.</c> or <c>,</c>; null: what the file proves.</summary>
    public string? DecimalSeparator { get; init; }

    /// <summary>Cells that equal one of these, any case, count as blank.</summary>
    public IReadOnlyList<string> NullTokens { get; init; } = [];

    /// <summary>Cells that equal one of these, any case, take the stored value away.</summary>
    public IReadOnlyList<string> ClearTokens { get; init; } = [];

    /// <summary>The line of the header, from 1; null: it is found out.</summary>
    public int? HeaderRow { get; init; }

    public IReadOnlyList<IgnoreRule> IgnoreRows { get; init; } = [];

    public MissingCells MissingCells { get; init; }
}
