using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Suggestions.Columns;
using Usage.Core.Suggestions.Reasons;
using Usage.Core.Values;

namespace Usage.Core.Suggestions;

/// <summary>What a sample of a file shows, and an integration that would read it, for a person to check.</summary>
public sealed record Suggestion
{
    public required SuggestedFile File { get; init; }

    /// <summary>Those of the header, in its order.</summary>
    public required IReadOnlyList<SuggestedColumn> Columns { get; init; }

    public required Integration Integration { get; init; }

    /// <summary>To be made first, where none that is there fits.</summary>
    public required IReadOnlyList<ProposedProduct> Products { get; init; }

    public required IReadOnlyList<SuggestionReason> Reasons { get; init; }

    public required IReadOnlyList<SuggestionWarning> Warnings { get; init; }

    public required IReadOnlyList<SuggestionChoice> Choices { get; init; }
}

/// <summary>What the file is.</summary>
public sealed record SuggestedFile
{
    /// <summary><c>csv</c>, or <c>gzip</c> for a packed one.</summary>
    public required string Kind { get; init; }

    public required string Encoding { get; init; }

    public required string Delimiter { get; init; }

    /// <summary>Of a workbook.</summary>
    public required IReadOnlyList<string> Sheets { get; init; }

    /// <summary>Of a workbook the one that was looked at; null: it is none.</summary>
    public required string? Sheet { get; init; }

    /// <summary>The line of the header, from 1.</summary>
    public required long HeaderRow { get; init; }

    /// <summary>What the numbers prove; null: nothing.</summary>
    public required string? DecimalSeparator { get; init; }

    public required IReadOnlyList<string> NullTokens { get; init; }

    public required IReadOnlyList<IgnoreRule> IgnoreRows { get; init; }

    /// <summary>The rows that these rules leave out of what was looked at.</summary>
    public required IReadOnlyList<IgnoredRows> Ignored { get; init; }

    public required FileShape Shape { get; init; }

    /// <summary>That were looked at, unpacked.</summary>
    public required long BytesRead { get; init; }

    /// <summary>All of the file was looked at.</summary>
    public required bool Complete { get; init; }
}

/// <summary>One column a dimension, one row a metric, or one column a date.</summary>
public enum FileShape { Columns, Long, Wide }

/// <param name="Blank">Cells that are blank.</param>
/// <param name="Distinct">Different cells; 20,000 where there are more.</param>
/// <param name="Samples">The first few different cells that are not blank.</param>
/// <param name="DateReadings">Two where nothing proves the order of day and month.</param>
public sealed record SuggestedColumn(
    string Name, ColumnType Type, long Blank, int Distinct, IReadOnlyList<string> Samples, IReadOnlyList<DateReading> DateReadings,
    IReadOnlyList<ColumnAlternative> Alternatives);

/// <param name="Periods">The snapshot dates that come of the column's dates.</param>
/// <param name="ProofRow">The first row that can be read only so; null: none.</param>
public sealed record DateReading(string Format, DateOnly Min, DateOnly Max, int Periods, long? ProofRow);
