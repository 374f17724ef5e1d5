using Usage.Core.Files.Workbooks.Packages;

namespace Usage.Core.Files.Workbooks.Sheets;

/// <summary>Reads a sheet's rows, one after the other, into CSV.</summary>
internal sealed class SheetReader(PartReader xml, CellReader cells) : IDisposable
{
    private int _row;
    private bool _ended;

    /// <summary>The last row named a text that was left out, and isn't whole; no row follows.</summary>
    public bool TextsEnded { get; private set; }

    /// <summary>Unpacked bytes of the sheet so far.</summary>
    public long BytesRead => xml.BytesRead;

    /// <returns>False: there are no more.</returns>
    public bool ReadRow(CsvRows rows)
    {
        while (!_ended && xml.Read())
        {
            if (xml.IsElement && xml.Name == "row") return ReadCells(rows);
            // Nothing of what follows is a cell.
            if (xml.Name == "sheetData" && (xml.IsEnd || xml.IsEmptyElement)) break;
        }

        if (!_ended) xml.Finish();
        _ended = true;
        return false;
    }

    public void Dispose() => xml.Dispose();

    private bool ReadCells(CsvRows rows)
    {
        var row = xml.Number("r") ?? _row + 1;
        if (row <= _row || row > CellPlace.MostRows) throw WorkbookErrors.Broken($"row {row} behind row {_row}");
        _row = row;
        rows.StartRow(row);
        if (!xml.IsEmptyElement)
        {
            var (depth, column) = (xml.Depth, 0);
            while (xml.ReadInside(depth))
            {
                if (!xml.IsElement || xml.Name != "c") continue;
                column = ColumnOf(column);
                if (cells.Read(xml, column, rows)) continue;
                _ended = TextsEnded = true;
                break;
            }
        }

        rows.EndRow();
        return true;
    }

    /// <summary>A cell that doesn't say where it is stands beside the one before it.</summary>
    private int ColumnOf(int before)
    {
        if (xml.Attribute("r") is not { } place)
            return before < CellPlace.MostColumns ? before + 1 : throw WorkbookErrors.Broken($"too many cells in row {_row}");
        if (!CellPlace.TryRead(place, out var row, out var column) || row != _row || column <= before)
            throw WorkbookErrors.Broken($"a cell \"{CellText.Shown(place)}\" in row {_row} where it can't be");
        return column;
    }
}
