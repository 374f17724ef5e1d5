using Usage.Core.Values.Numbers;

namespace Usage.Core.Files;

/// <summary>The ' in front of cells that a spreadsheet would run as a formula. Taking it off restores the cell, whatever it was.</summary>
internal static class FormulaGuard
{
    /// <param name="cell">As it stands, outer white space included.</param>
    /// <param name="decimalSeparator">Numbers need no guard, whatever their sign.</param>
    public static bool Needs(ReadOnlySpan<byte> cell, char decimalSeparator)
    {
        if (!StartsFormula(cell)) return false;
        var trimmed = CellText.Trim(cell);
        return trimmed.IsEmpty || NumberText.Parse(trimmed, (byte)decimalSeparator, out _) == NumberState.NotANumber;
    }

    /// <summary>Also in front of a number, since the decimal separator may be what was mended.</summary>
    public static ReadOnlySpan<byte> TakeOff(ReadOnlySpan<byte> cell) =>
        cell.Length > 1 && cell[0] == '\'' && StartsFormula(cell[1..]) ? cell[1..] : cell;

    private static bool StartsFormula(ReadOnlySpan<byte> cell)
    {
        while (!cell.IsEmpty)
        {
            if (cell[0] is (byte)'=' or (byte)'+' or (byte)'-' or (byte)'@' or (byte)'\t' or (byte)'\r') return true;
            if (cell[0] is > 0x20 and < 0x80 and not (byte)'\'') return false;
            if (cell[0] == '\'')
            {
                cell = cell[1..];
                continue;
            }
            if (System.Text.Rune.DecodeFromUtf8(cell, out var rune, out var length) != System.Buffers.OperationStatus.Done) return false;
            if (!System.Text.Rune.IsWhiteSpace(rune)) return false;
            cell = cell[length..];
        }
        return false;
    }
}
