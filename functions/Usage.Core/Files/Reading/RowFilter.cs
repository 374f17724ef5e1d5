using CsvHelper;
using Usage.Core.Values;

namespace Usage.Core.Files.Reading;

/// <summary>The declared rules about rows that are none. They are asked before anything else of a row, also of a broken one.</summary>
internal sealed class RowFilter
{
    private readonly Rule[] _rules;

    public RowFilter(IReadOnlyList<IgnoreRule> declared, IReadOnlyList<string> header)
    {
        var columns = new ColumnMap(header);
        _rules = [.. declared.Select(rule => new Rule(
            rule.Column is { } column ? columns.Find(column) : -1,
            (rule.EqualTo ?? rule.StartsWith ?? "").Trim(),
            rule.EqualTo is not null,
            Why(rule, columns)))];
    }

    /// <returns>Why the row is ignored; null: it isn't.</returns>
    public string? Find(CsvReader row, RowShape shape)
    {
        foreach (var rule in _rules)
        {
            var text = CellText.Trim(rule.Column < 0 ? row.RawRecord : shape.Cell(row, rule.Column));
            if (Fits(rule, rule.Whole ? text : Unquoted(text))) return rule.Why;
        }

        return null;
    }

    private static ReadOnlySpan<byte> Unquoted(ReadOnlySpan<byte> text) =>
        text is [(byte)'"', ..] ? CellText.Trim(text[1..]) : text;

    private static bool Fits(Rule rule, ReadOnlySpan<byte> text)
    {
        var most = CellText.MostBytes(rule.Text);
        if (text.Length < rule.Text.Length / 3 || (rule.Whole && text.Length > most)) return false;
        var chars = CellText.Decode(text[..Math.Min(text.Length, most)], stackalloc char[256]);
        return rule.Whole
            ? chars.Equals(rule.Text, StringComparison.OrdinalIgnoreCase)
            : chars.StartsWith(rule.Text, StringComparison.OrdinalIgnoreCase);
    }

    private static string Why(IgnoreRule rule, ColumnMap columns)
    {
        var what = rule.Column is { } column ? $"column \"{columns.NameOf(column)}\"" : "the line";
        return rule.EqualTo is { } text ? $"{what} equals \"{text}\"" : $"{what} starts with \"{rule.StartsWith}\"";
    }

    private readonly record struct Rule(int Column, string Text, bool Whole, string Why);
}
