using System.Globalization;
using System.Text.Unicode;
using CsvHelper;
using Usage.Core.Issues;

namespace Usage.Core.Files.Reading;

/// <summary>What a file's rows must look like, and the first thing that is wrong with a row.</summary>
internal sealed class RowShape(IReadOnlyList<string> header, string encoding, bool mended)
{
    private const string ExpectedText = "text without it";

    public bool Mended => mended;

    public static RowShape Of(FilePlan plan) => new(plan.Header, plan.Encoding, plan.Mended);

    /// <summary>A quote that went wrong explains a wrong number of cells, so it is told first.</summary>
    public BrokenRow? Examine(CsvReader row, long number)
    {
        var raw = row.RawRecord;
        if (raw.Contains((byte)'"') && FindBadQuote(row) is var bad and >= 0)
            return At(bad, IssueCode.MalformedQuote, $"text after the closing quote of {CellText.Shown(row.GetRawSpan(bad))}",
                "the cell's end there (a quote inside a quoted cell is written twice)");
        if (row.FieldCount != header.Count)
            return new BrokenRow(IssueCode.WrongCellCount, number, null, Cells(row.FieldCount), $"{Count(header.Count)} as in the header");
        if (raw.Contains((byte)0))
        {
            var column = FindCell(row, static cell => cell.Contains((byte)0));
            return At(column, IssueCode.NulByte, $"a NUL byte in \"{CellText.Shown(row.GetSpan(column))}\"", ExpectedText);
        }
        if (!Utf8.IsValid(raw))
        {
            var column = FindCell(row, static cell => !Utf8.IsValid(cell));
            return At(column, IssueCode.BadEncoding,
                $"bytes that are no {Name(encoding)} in \"{CellText.Shown(row.GetSpan(column))}\"", $"{Name(encoding)} throughout");
        }
        return null;

        BrokenRow At(int column, string code, string found, string expected) => new(code, number, NameOf(column), found, expected);
    }

    /// <summary>A column for a message: its quoted name, or its place when it has none.</summary>
    public string NameOf(int column) =>
        column < header.Count && header[column].Length > 0
            ? $"\"{CellText.Shown(header[column])}\""
            : (column + 1).ToString(CultureInfo.InvariantCulture);

    private static int FindBadQuote(CsvReader row)
    {
        for (var column = 0; column < row.FieldCount; column++)
            if (QuotedCell.StateOf(row.GetRawSpan(column)) == QuoteState.TextAfter) return column;
        return -1;
    }

    private static int FindCell(CsvReader row, CellTest test)
    {
        for (var column = 0; column < row.FieldCount; column++)
            if (test(row.GetRawSpan(column))) return column;
        return 0;
    }

    private static string Name(string encoding) => encoding.ToUpperInvariant();

    private static string Cells(int count) => count == 1 ? "1 cell" : $"{Count(count)} cells";

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);

    private delegate bool CellTest(ReadOnlySpan<byte> cell);
}
