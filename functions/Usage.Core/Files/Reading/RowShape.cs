using System.Globalization;
using System.Text;
using System.Text.Unicode;
using CsvHelper;
using Usage.Core.Issues;
using Usage.Core.Values;

namespace Usage.Core.Files.Reading;

/// <summary>What a file's rows must look like, which records are rows at all, and the first thing that is wrong with a row.</summary>
internal sealed class RowShape
{
    private const string ExpectedText = "text without it";

    private static readonly string[] Codes =
        [IssueCode.WrongCellCount, IssueCode.MalformedQuote, IssueCode.NulByte, IssueCode.BadEncoding];

    private readonly IReadOnlyList<string> _header;
    private readonly string _encoding;
    private readonly MissingCells _missing;
    private readonly RowFilter? _filter;
    private readonly bool[] _reserved;
    private readonly int _code = -1;
    private readonly bool _typed;

    /// <param name="ignored">Which rows are none.</param>
    /// <param name="typed">See <see cref="FilePlan.Typed"/>.</param>
    public RowShape(
        IReadOnlyList<string> header, string encoding, bool mended, MissingCells missing = MissingCells.Invalid,
        IReadOnlyList<IgnoreRule>? ignored = null, bool typed = false)
    {
        _typed = typed;
        (_header, _encoding, _missing, Mended) = (header, encoding, missing, mended);
        _filter = ignored is { Count: > 0 } ? new RowFilter(ignored, header) : null;
        _reserved = [.. header.Select(name => mended && ReservedColumns.Contains(name))];
        if (!mended) return;
        RawColumn = ReservedColumns.Find(header, ReservedColumns.Raw);
        _code = ReservedColumns.Find(header, ReservedColumns.Code);
    }

    public bool Mended { get; }

    /// <summary>The column of a rejected file that has rows which were broken, whole; -1 when there is none.</summary>
    public int RawColumn { get; } = -1;

    public static RowShape Of(FilePlan plan) =>
        new(plan.Header, plan.Encoding, plan.Mended, plan.MissingCells, plan.IgnoreRows, plan.Typed);

    /// <summary>The cell was a number in a workbook, or a date or boolean, and no text.</summary>
    public bool IsStored(CsvReader row, int column) =>
        _typed && column < row.FieldCount && row.GetRawSpan(column) is [not (byte)'"', ..];

    /// <summary>A cell without its quotes; of a mended file, without the ' too. Empty past the row's last cell.</summary>
    public ReadOnlySpan<byte> Cell(CsvReader row, int column) =>
        Mended ? FormulaGuard.TakeOff(row.GetSpan(column)) : row.GetSpan(column);

    /// <summary>A row of a rejected file that was broken as a row, and still is.</summary>
    public bool IsRaw(CsvReader row) => RawColumn >= 0 && !CellText.Trim(Cell(row, RawColumn)).IsEmpty;

    /// <summary>Whether a record has nothing but blank cells; what was added to a rejected file's rows doesn't count.</summary>
    public bool IsPadding(CsvReader row)
    {
        var raw = row.RawRecord;
        if (raw.IsEmpty) return true;
        // Nearly all rows begin with something.
        if (!Mended && raw[0] is > 0x20 and < 0x7f and not (byte)'"' && raw[0] != row.Separator) return false;
        for (var column = 0; column < row.FieldCount; column++)
        {
            if (column < _reserved.Length && _reserved[column] && column != RawColumn) continue;
            if (!CellText.Trim(Cell(row, column)).IsEmpty) return false;
        }

        return !IsOpen(row);
    }

    /// <summary>A record with a quote that is never closed is not ignored, since it may have swallowed rows that are none of its.</summary>
    /// <returns>By which rule the record is no row; null: it is one.</returns>
    public string? WhyIgnored(CsvReader row) => _filter?.Find(row, this) is { } why && !IsOpen(row) ? why : null;

    /// <summary>A quote that went wrong explains a wrong number of cells, so it is told first.</summary>
    public BrokenRow? Examine(CsvReader row, long number)
    {
        var raw = row.RawRecord;
        if (raw.Contains((byte)'"') && FindBadQuote(row) is var bad and >= 0)
            return At(bad, IssueCode.MalformedQuote, $"text after the closing quote of {CellText.Shown(row.GetRawSpan(bad))}",
                "the cell's end there (a quote inside a quoted cell is written twice)");
        if (HasWrongCount(row))
            return Whole(IssueCode.WrongCellCount, Cells(row.FieldCount), $"{Count(_header.Count)} as in the header{QuoteHint(row)}");
        if (raw.Contains((byte)0))
        {
            var column = FindCell(row, static cell => cell.Contains((byte)0));
            return At(column, IssueCode.NulByte, $"a NUL byte in \"{CellText.Shown(row.GetSpan(column))}\"", ExpectedText);
        }
        if (!Utf8.IsValid(raw))
        {
            var column = FindCell(row, static cell => !Utf8.IsValid(cell));
            return At(column, IssueCode.BadEncoding,
                $"bytes that are no {Name(_encoding)} in \"{CellText.Shown(row.GetSpan(column))}\"", $"{Name(_encoding)} throughout");
        }
        return IsRaw(row)
            ? Whole(
                CodeBefore(row), $"the row as it was rejected in {ReservedColumns.Raw}",
                $"its cells filled and {ReservedColumns.Raw} emptied")
            : null;

        BrokenRow At(int column, string code, string found, string expected) =>
            new(code, number, NameOf(column), found, expected, Text(row));

        BrokenRow Whole(string code, string found, string expected) => new(code, number, null, found, expected, Text(row));
    }

    /// <summary>A column for a message: its quoted name, or its place when it has none.</summary>
    public string NameOf(int column) =>
        column < _header.Count && _header[column].Length > 0
            ? $"\"{CellText.Shown(_header[column])}\""
            : (column + 1).ToString(CultureInfo.InvariantCulture);

    private static bool IsOpen(CsvReader row) => QuotedCell.StateOf(row.GetRawSpan(row.FieldCount - 1)) == QuoteState.Open;

    /// <summary>Surplus cells that are blank are padding.</summary>
    private bool HasWrongCount(CsvReader row)
    {
        if (row.FieldCount == _header.Count) return false;
        if (row.FieldCount < _header.Count) return _missing == MissingCells.Invalid;
        for (var column = _header.Count; column < row.FieldCount; column++)
            if (!CellText.Trim(row.GetSpan(column)).IsEmpty) return true;
        return false;
    }

    private string Text(CsvReader row) =>
        CellText.Shown(IsRaw(row) ? Cell(row, RawColumn) : row.RawRecord, CellText.MaxShownOfRow);

    /// <summary>Why the row was broken when it was rejected.</summary>
    private string CodeBefore(CsvReader row)
    {
        var before = _code < 0 ? "" : Encoding.UTF8.GetString(CellText.Trim(row.GetSpan(_code)));
        return Codes.Contains(before) ? before : IssueCode.WrongCellCount;
    }

    private static string QuoteHint(CsvReader row)
    {
        for (var column = 0; column < row.FieldCount; column++)
            if (QuotedCell.HasSpaceBefore(row.GetRawSpan(column))) return $" ({QuotedCell.SpaceHint})";
        return "";
    }

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
