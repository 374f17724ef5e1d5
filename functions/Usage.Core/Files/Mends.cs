using System.Text.Json.Serialization;

namespace Usage.Core.Files;

/// <summary>What is to be read otherwise than it stands in a file.</summary>
public sealed record Mends
{
    public static Mends None { get; } = new();

    public IReadOnlyList<MendRule> Rules { get; init; } = [];

    /// <summary>Each row once.</summary>
    public IReadOnlyList<MendedRow> Rows { get; init; } = [];

    /// <param name="rows">That were taken out of the file's copy.</param>
    /// <param name="isIts">Whether a text, in a column of this name, says that a row is of the account whose they were.</param>
    /// <returns>This, where nothing is about it.</returns>
    public Mends Without(ErasedRows rows, Func<string, string, bool> isIts)
    {
        var left = new Mends
        {
            Rules = [.. Rules.Where(rule => !isIts(rule.Column, rule.Becomes))],
            Rows = [.. Rows.Where(row => !rows.Has(row.Row) && !row.Cells.Any(cell => isIts(cell.Key, cell.Value)))],
        };
        return left.Rules.Count == Rules.Count && left.Rows.Count == Rows.Count ? this : left;
    }

    /// <summary>Those of some of the rows.</summary>
    public Mends In(BatchRange rows)
    {
        if (Rows.Count == 0) return this;
        var behind = rows.FirstRow + rows.Rows;
        return this with { Rows = [.. Rows.Where(row => row.Row >= rows.FirstRow && row.Row < behind)] };
    }
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
