using System.Text;
using Usage.Core.Files;
using Usage.Core.Files.Reading;

namespace Usage.Core.Children;

/// <summary>Mends the cells of rows as they are read.</summary>
internal sealed class RowMender
{
    private readonly (int Column, byte[] Found, byte[] Becomes)[] _rules;
    private readonly Dictionary<long, (int Column, byte[] Text)[]> _rows;

    /// <param name="mends">Of columns that the file has.</param>
    /// <param name="columns">Of the file.</param>
    public RowMender(Mends mends, ColumnMap columns)
    {
        _rules = [.. mends.Rules.Select(rule => (columns.Find(rule.Column), Bytes(rule.Found), Bytes(rule.Becomes)))];
        _rows = mends.Rows.ToDictionary(
            row => row.Row, row => row.Cells.Select(cell => (columns.Find(cell.Key), Bytes(cell.Value))).ToArray());
    }

    /// <summary>A cell that is given for a row counts more than a rule.</summary>
    /// <returns>False: nothing of the row becomes another.</returns>
    public bool Mend(RecordReader record)
    {
        var mended = false;
        foreach (var (column, found, becomes) in _rules)
            if (record.Broken is null && record.GetCell(column).SequenceEqual(found)) mended |= record.Mend(column, becomes);
        if (!_rows.TryGetValue(record.Row, out var cells)) return mended;
        foreach (var (column, text) in cells) mended |= record.Mend(column, text);
        return mended;
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text.Trim());
}
