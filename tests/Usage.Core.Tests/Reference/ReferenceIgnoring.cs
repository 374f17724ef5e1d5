using Usage.Core.Values;
using Usage.Core.Values.Columns;

namespace Usage.Core.Tests.Reference;

/// <summary>Which records are no rows by the declared rules.</summary>
internal static class ReferenceIgnoring
{
    public static bool IsIgnored(ReferenceCsv.Line line, IReadOnlyList<string> header, FileFormat format) =>
        !line.IsOpen && format.IgnoreRows.Any(rule => Fits(rule, rule.Column is null ? line.Raw.Trim() : Cell(line, header, rule.Column)));

    private static bool Fits(IgnoreRule rule, string text) => rule.EqualTo is { } whole
        ? string.Equals(text, whole.Trim(), StringComparison.OrdinalIgnoreCase)
        : Start(text).StartsWith(rule.StartsWith!.Trim(), StringComparison.OrdinalIgnoreCase);

    private static string Start(string text) => text.StartsWith('"') ? text[1..].Trim() : text;

    private static string Cell(ReferenceCsv.Line line, IReadOnlyList<string> header, ColumnNames column) => line.Cells.ElementAtOrDefault(
        header.ToList().FindIndex(name => column.Names.Contains(name, StringComparer.OrdinalIgnoreCase))) ?? "";
}
