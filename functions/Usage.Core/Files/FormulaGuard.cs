using System.Buffers;
using System.Globalization;
using System.Text;
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

    /// <summary>Marks that change the character before them, of which there is none, and letters that are drawn as nothing.</summary>
    private static bool IsUnseen(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark
        || rune.Value is '\u115F' or '\u1160' or '\u3164' or '\uFFA0';

    /// <summary>
    /// The signs of full width and the small ones are taken for the plain ones where spreadsheets speak Chinese, Japanese or Korean;
    /// characters that nobody sees are taken off by whatever reads the file before.
    /// </summary>
    private static bool StartsFormula(ReadOnlySpan<byte> cell)
    {
        while (Rune.DecodeFromUtf8(cell, out var rune, out var length) == OperationStatus.Done)
        {
            if (rune.Value is '=' or '+' or '-' or '@' or '\t' or '\r') return true;
            if (rune.Value is '＝' or '＋' or '－' or '＠' or '﹦' or '﹢' or '﹣' or '﹫') return true;
            if (rune.Value != '\'' && !CellText.IsOuter(rune) && !Rune.IsControl(rune) && !IsUnseen(rune)) return false;
            cell = cell[length..];
        }

        return false;
    }
}
