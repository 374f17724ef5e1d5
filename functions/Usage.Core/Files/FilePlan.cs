using Usage.Core.Issues;
using Usage.Core.Values;
using Usage.Core.Values.Dates;

namespace Usage.Core.Files;

/// <summary>Everything that reading a file's batches needs to know about the whole file.</summary>
public sealed record FilePlan
{
    /// <summary>Of the bytes as they were dropped, in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Of the file as it was dropped.</summary>
    public required long Bytes { get; init; }

    /// <summary>Whether the batches are ranges of the staged UTF-8 copy, not of the file itself.</summary>
    public required bool Staged { get; init; }

    /// <summary>What the file was read as: <c>utf-8</c>, <c>utf-16</c> or <c>windows-1252</c>.</summary>
    public required string Encoding { get; init; }

    public required Dialect Dialect { get; init; }

    /// <summary>The names as they stand, trimmed, white space inside as one space; a mended file's own columns among them.</summary>
    public required IReadOnlyList<string> Header { get; init; }

    /// <summary>The header has <c>_row</c>: it is a rejected file that was mended.</summary>
    public required bool Mended { get; init; }

    public required long Rows { get; init; }

    /// <summary>In the order of the rows; none for a file with a header only.</summary>
    public required IReadOnlyList<BatchRange> Batches { get; init; }

    /// <summary>What each mapped date column proves, by its name in the mapping.</summary>
    public required IReadOnlyDictionary<string, DateOrder> DateOrders { get; init; }

    public MissingCells MissingCells { get; init; }

    /// <summary>
    /// The text is a workbook's sheet: what isn't in quotes was a number, a date or a boolean there. Such a number has a point, whatever
    /// the decimal separator of the texts is.
    /// </summary>
    public bool Typed { get; init; }

    /// <summary>Which rows are none.</summary>
    public IReadOnlyList<IgnoreRule> IgnoreRows { get; init; } = [];

    /// <summary>What was left out, above the header and below.</summary>
    public IReadOnlyList<IgnoredRows> Ignored { get; init; } = [];

    /// <summary>The declared one, or what the numeric columns prove.</summary>
    public required char DecimalSeparator { get; init; }

    /// <summary>What is read otherwise than it stands in the file: of a fix without which the file couldn't be planned.</summary>
    public Mends Mends { get; init; } = Mends.None;

    public IReadOnlyList<RunIssue> Warnings { get; init; } = [];
}

/// <summary>A stretch of a file, in bytes of its UTF-8 form, that starts and ends between two rows.</summary>
/// <param name="Offset">From the start of the staged blob, or of the file itself when none is staged.</param>
/// <param name="FirstRow">Rows count from 1, the header not counted.</param>
public readonly record struct BatchRange(int Index, long Offset, long Length, long FirstRow, long Rows);
