using System.Text.Json.Serialization;
using Usage.Core.Values.Columns;

namespace Usage.Core.Values;

/// <summary>Which rows are none: totals, footers, comments, a row of units. Compared trimmed, in any case.</summary>
public sealed record IgnoreRule
{
    /// <summary>Null: the whole line.</summary>
    public ColumnNames? Column { get; init; }

    // A record has a method of the name that JSON has for it.
    [JsonPropertyName("equals")]
    public string? EqualTo { get; init; }

    public string? StartsWith { get; init; }
}
