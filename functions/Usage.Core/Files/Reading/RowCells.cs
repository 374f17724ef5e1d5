using System.Globalization;
using System.Text;

namespace Usage.Core.Files.Reading;

/// <summary>The cells of rows as they stand in the file; what was added to a rejected file's rows is none of them.</summary>
public sealed class RowCells
{
    private readonly int[] _columns;
    private readonly string[] _names;

    public RowCells(FilePlan plan)
    {
        _columns = [.. Columns(plan)];
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        _names = [.. _columns.Select(column => Unique(seen, plan.Header[column], column))];
    }

    /// <summary>The places of the columns that the file had by itself.</summary>
    public static IEnumerable<int> Columns(FilePlan plan) =>
        Enumerable.Range(0, plan.Header.Count).Where(column => !plan.Mended || !ReservedColumns.Contains(plan.Header[column]));

    /// <summary>
    /// The current row's cells by the names of their columns. A column without a name has its number, a name that is there before has a
    /// number behind it. A row that is broken as a row has none that could be trusted.
    /// </summary>
    public IReadOnlyDictionary<string, string> Of(RecordReader row)
    {
        var cells = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        if (row.Broken is not null && !row.IsRaw) return cells;
        for (var i = 0; i < _columns.Length; i++) cells.Add(_names[i], Text(row.GetUntrimmed(_columns[i])));
        return cells;
    }

    /// <summary>The current row as a whole, where it is broken as a row; else null.</summary>
    public static string? RawOf(RecordReader row) => row.Broken is null ? null : Text(row.Raw);

    private static string Unique(Dictionary<string, int> seen, string name, int column)
    {
        if (name.Length == 0) name = (column + 1).ToString(CultureInfo.InvariantCulture);
        var times = seen[name] = seen.GetValueOrDefault(name) + 1;
        return times == 1 ? name : Unique(seen, string.Create(CultureInfo.InvariantCulture, $"{name} ({times})"), column);
    }

    /// <summary>What was broken shows as U+FFFD.</summary>
    private static string Text(ReadOnlySpan<byte> cell) => Encoding.UTF8.GetString(cell).Replace('\0', '\uFFFD');
}
