using System.Text;

namespace Usage.Core.Files.Reading;

/// <summary>Mends the cells of rows as they are read.</summary>
internal sealed class RowMender
{
    private readonly (int Column, byte[] Found, byte[] Becomes)[] _rules;
    private readonly Dictionary<long, (int Column, byte[] Text)[]> _rows;
    private readonly Dictionary<long, CorrectedRow> _corrected;
    private readonly List<(int Column, byte[] Text)> _differ = [];
    private readonly List<(int Column, byte[] Text)> _found = [];

    /// <param name="mends">Of columns that the file has.</param>
    /// <param name="corrected">Of the batch that is read.</param>
    /// <param name="columns">Of the file.</param>
    public RowMender(Mends mends, CorrectedRows corrected, ColumnMap columns)
    {
        After = corrected.After;
        _rules = [.. mends.Rules.Select(rule => (columns.Find(rule.Column), Bytes(rule.Found), Bytes(rule.Becomes)))];
        _rows = mends.Rows.ToDictionary(
            row => row.Row, row => row.Cells.Select(cell => (columns.Find(cell.Key), Bytes(cell.Value))).ToArray());
        _corrected = corrected.Rows.ToDictionary(row => row.Row);
    }

    /// <returns>Null: nothing is mended.</returns>
    public static RowMender? Of(Mends mends, ColumnMap columns) =>
        mends.Rules.Count + mends.Rows.Count == 0 ? null : new RowMender(mends, CorrectedRows.None, columns);

    /// <inheritdoc cref="CorrectedRows"/>
    public int After { get; }

    /// <summary>Some row came back in a corrected file.</summary>
    public bool Corrects => _corrected.Count > 0;

    /// <summary>The current row came back with another text in some cell.</summary>
    public bool IsCorrected => _differ.Count > 0;

    /// <summary>Whether a row came back in a corrected file.</summary>
    public bool Lists(long row) => _corrected.ContainsKey(row);

    /// <summary>Sees what was corrected of the current row, which is as it was when it was sent out.</summary>
    public void Compare(RecordReader record)
    {
        _differ.Clear();
        if (!_corrected.TryGetValue(record.Row, out var row)) return;
        for (var column = 0; column < row.Cells.Count; column++)
            if (row.Cells[column] is { } text && Bytes(text) is var cell
                && (record.Broken is not null || !record.GetCell(column).SequenceEqual(cell))) _differ.Add((column, cell));
    }

    /// <summary>A cell that is given for a row counts more than a rule.</summary>
    /// <returns>False: nothing of the row becomes another.</returns>
    public bool Mend(RecordReader record)
    {
        var mended = false;
        _found.Clear();
        // All look before the first mends: none is about what another one makes of a cell.
        foreach (var (column, found, becomes) in _rules)
            if (record.Broken is null && record.GetCell(column).SequenceEqual(found)) _found.Add((column, becomes));
        if (_found.Count > 0)
            foreach (var (column, text) in _found.DistinctBy(rule => rule.Column)) mended |= record.Mend(column, text);
        foreach (var (column, text) in _differ) mended |= record.Mend(column, text);
        if (!_rows.TryGetValue(record.Row, out var cells)) return mended;
        foreach (var (column, text) in cells) mended |= record.Mend(column, text);
        return mended;
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text.Trim());
}
