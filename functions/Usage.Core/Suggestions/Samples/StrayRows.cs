using System.Text;
using Usage.Core.Suggestions.Columns;
using Usage.Core.Values;

namespace Usage.Core.Suggestions.Samples;

/// <summary>Finds the rows below a header that are none of the table: comments, units, totals, footers.</summary>
internal sealed class StrayRows
{
    private const int MaxRules = 20;
    private const int MaxText = 60;
    private const int MinText = 3;
    private const int KeptRows = 5000;
    private const int LastRows = 3;

    private static readonly string[] Comments = ["#", "//", "--"];

    private readonly SampleRow _header;
    private readonly Func<string, bool> _isAccount;
    private readonly List<SampleRow> _kept = [];
    private readonly List<IgnoreRule> _rules = [];
    private readonly Queue<SampleRow> _last = [];

    private StrayRows(SampleRow header, Func<string, bool> isAccount) => (_header, _isAccount) = (header, isAccount);

    /// <param name="rows">Those below the header, and those of the file's end.</param>
    /// <param name="isAccount">Whether a cell finds an account, so that its row is one of data whatever it is called.</param>
    public static IReadOnlyList<IgnoreRule> Find(
        SampleRow header, IEnumerable<SampleRow> rows, IEnumerable<SampleRow> tail, Func<string, bool> isAccount)
    {
        var found = new StrayRows(header, isAccount);
        foreach (var row in rows) found.Add(row);
        foreach (var row in tail) found.Add(row);
        found.AddComments();
        found.AddUnits();
        foreach (var row in found._kept) found.AddTotal(row, found._last.Contains(row));
        foreach (var row in found._last) found.AddTotal(row, atEnd: true);
        foreach (var row in found._kept.Concat(found._last)) found.AddFooter(row);
        return [.. found._rules.Distinct().Take(MaxRules)];
    }

    /// <summary>The first rows and the last ones, and of those between what may be none.</summary>
    private void Add(SampleRow row)
    {
        if (_kept.Count < KeptRows || IsShort(row)) _kept.Add(row);
        _last.Enqueue(row);
        if (_last.Count > LastRows) _last.Dequeue();
        if (_kept.Count > KeptRows * 2) _kept.RemoveRange(KeptRows, _kept.Count - KeptRows);
    }

    private bool IsShort(SampleRow row) => row.Filled == 1 && row.Cells.Length < _header.Cells.Length;

    /// <summary>A row with a quote that is never closed would take the rest of the file with it, unseen.</summary>
    private static bool IsOneLine(SampleRow row) =>
        row.Raw.Count(c => c == '"') % 2 == 0 && !row.Raw.Any(c => c == '\uFFFD' || (char.IsControl(c) && c != '\t'));

    private void AddComments()
    {
        foreach (var mark in Comments)
        {
            var marked = _kept.Where(row => row.Raw.StartsWith(mark, StringComparison.Ordinal)).ToList();
            // Where many rows begin so, it is how their keys begin, unless there is nothing else in them.
            var alone = _header.Cells.Length > 1 && marked.Count < _kept.Count && marked.TrueForAll(row => row.Filled == 1);
            if (marked.Count > 0 && (alone || marked.Count * 5 <= _kept.Count)) _rules.Add(new IgnoreRule { StartsWith = mark });
        }
    }

    /// <summary>The row below the header has a short text above each column of numbers.</summary>
    private void AddUnits()
    {
        var first = _kept.Find(row => !Comments.Any(mark => row.Raw.StartsWith(mark, StringComparison.Ordinal)));
        if (first is null || IsShort(first) || !IsOneLine(first)) return;
        var numeric = Enumerable.Range(0, _header.Cells.Length).Where(place => IsNumericBut(first, place)).ToList();
        var units = numeric
            .Where(place => Cell(first, place) is { Length: > 0 and <= 20 } text && !IsNumber(text) && !NullWords.Contains(text)).ToList();
        if (units.Count == 0 || numeric.Any(place => IsNumber(Cell(first, place)))) return;
        if (first.Cells.Any(cell => cell.Length > 0 && _isAccount(cell))) return;
        // A unit that no other cell of its column equals.
        foreach (var place in units.Where(place => !_kept.Any(row => row != first && Same(Cell(row, place), Cell(first, place)))).Take(1))
            if (NameOf(place) is { } column) _rules.Add(new IgnoreRule { Column = column, EqualTo = Cell(first, place) });
    }

    private bool IsNumericBut(SampleRow first, int place)
    {
        var cells = _kept.Where(row => row != first).Take(50).Select(row => Cell(row, place)).Where(cell => cell.Length > 0).ToList();
        return cells.Count > 0 && cells.Count(IsNumber) * 5 >= cells.Count * 4;
    }

    private void AddTotal(SampleRow row, bool atEnd)
    {
        if (!IsOneLine(row)) return;
        var place = Array.FindIndex(row.Cells, cell => cell.Length > 0);
        if (TotalWords.Of(row.Cells[place]) is not { } word || _isAccount(row.Cells[place])) return;
        var whole = word.Length == row.Cells[place].TrimEnd(':', '.').Length;
        // "Total Office Supply" may be a customer; the last row of a report that begins so hardly is.
        if (!whole && !atEnd) return;
        var text = whole ? row.Cells[place] : word;
        if (!whole && _kept.Any(other => other != row && TotalWords.Of(Cell(other, place)) is null
            && Cell(other, place).StartsWith(word, StringComparison.OrdinalIgnoreCase))) return;
        if (NameOf(place) is { } column)
            _rules.Add(whole ? new IgnoreRule { Column = column, EqualTo = text } : new IgnoreRule { Column = column, StartsWith = text });
        else _rules.Add(new IgnoreRule { StartsWith = word });
    }

    private void AddFooter(SampleRow row)
    {
        if (!(IsShort(row) || IsPadded(row)) || !IsOneLine(row) || _header.Cells.Length < 2) return;
        if (_isAccount(row.Cells.First(cell => cell.Length > 0))) return;
        if (TotalWords.Of(row.Cells[0]) is not null || Comments.Any(mark => row.Raw.StartsWith(mark, StringComparison.Ordinal))) return;
        var text = Begin(IsShort(row) ? row.Raw : row.Cells[0]);
        if (text.Length < MinText || _kept.Any(other => other != row && !IsShort(other) && Begins(other.Raw, text))) return;
        _rules.Add(new IgnoreRule { StartsWith = text });
    }

    /// <summary>
    /// A sheet that is saved as CSV has as many cells in each row. A sentence in the first one, and nothing else, at the file's end, where
    /// no other row begins with one.
    /// </summary>
    private bool IsPadded(SampleRow row) =>
        row.Filled == 1 && IsSentence(row) && _last.Contains(row)
        && !_kept.Exists(other => other.Filled > 1 && IsSentence(other) && TotalWords.Of(other.Cells[0]) is null);

    private static bool IsSentence(SampleRow row) => row.Cells[0].Trim().Contains(' ', StringComparison.Ordinal);

    /// <summary>Up to what differs from file to file: a date, a number of pages.</summary>
    private static string Begin(string raw)
    {
        var text = raw.TrimStart('"').TrimStart();
        var end = text.AsSpan().IndexOfAny("\"\r\n");
        if (end >= 0) text = text[..end];
        if (text.Length > MaxText) text = text[..MaxText];
        var digit = text.AsSpan().IndexOfAnyInRange('0', '9');
        return (digit >= MinText ? text[..digit] : text).Trim();
    }

    private static bool Begins(string raw, string text) =>
        raw.TrimStart('"').TrimStart().StartsWith(text, StringComparison.OrdinalIgnoreCase);

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static bool IsNumber(string cell) => cell.Length > 0 && NumericCell.Of(Encoding.UTF8.GetBytes(cell)).IsNumber;

    private static string Cell(SampleRow row, int place) => place < row.Cells.Length ? row.Cells[place] : "";

    /// <summary>Null: it can't be told by its name.</summary>
    private string? NameOf(int place)
    {
        if (place >= _header.Cells.Length) return null;
        var name = CellText.Name(_header.Cells[place]);
        return name.Length > 0 && _header.Cells.Count(cell => Same(CellText.Name(cell), name)) == 1 ? name : null;
    }
}
