using System.Text.Json.Serialization;

namespace Usage.Core.Children;

/// <summary>What is to be read otherwise than it stands in a file, in rows that were rejected.</summary>
public sealed record Mends
{
    public static Mends None { get; } = new();

    public IReadOnlyList<MendRule> Rules { get; init; } = [];

    /// <summary>Each row once.</summary>
    public IReadOnlyList<MendedRow> Rows { get; init; } = [];
}

/// <param name="Column">By its name, as a mapping names columns.</param>
/// <param name="Found">The cell's text, without white space around it.</param>
/// <param name="Becomes">What is read instead.</param>
public sealed record MendRule(
    [property: JsonRequired] string Column, [property: JsonRequired] string Found, [property: JsonRequired] string Becomes);

/// <param name="Row">From 1, as the run counts rows.</param>
/// <param name="Cells">By the names of their columns; the others stay as they are.</param>
public sealed record MendedRow(
    [property: JsonRequired] long Row, [property: JsonRequired] IReadOnlyDictionary<string, string> Cells);
