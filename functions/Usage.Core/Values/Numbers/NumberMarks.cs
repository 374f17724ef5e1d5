using System.Buffers;
using System.Text;

namespace Usage.Core.Values.Numbers;

/// <summary>
/// What a column's numbers may carry at either end: units and currencies, a percent sign, and a sign in one of several forms; in any
/// order, each once, with white space between.
/// </summary>
internal sealed class NumberMarks
{
    private readonly NumberFormat _format;
    private readonly Rune[][] _affixes;

    private NumberMarks(NumberFormat format)
    {
        _format = format;
        // The longest first: the GB of "5 GB" is not a G with a B in front.
        _affixes = [.. format.Affixes.Select(affix => Upper(CellText.Trim(affix))).OrderByDescending(affix => affix.Length)];
    }

    /// <summary>Null: none are declared.</summary>
    public static NumberMarks? Of(NumberFormat format) =>
        format.Affixes.Count > 0 || format.Percent is not null || format.Parentheses || format.TrailingMinus ? new(format) : null;

    /// <param name="cell">Becomes what is left of it: a number without a sign, if it is one.</param>
    /// <returns>False: the marks are not as they must be.</returns>
    public bool TakeOff(ref ReadOnlySpan<byte> cell, out Found found)
    {
        var (signed, negative, percent, used) = (false, false, false, 0L);
        found = default;
        while (true)
        {
            cell = CellText.Trim(cell);
            if (IsSign(ref cell, out var minus))
            {
                if (signed) return false;
                (signed, negative) = (true, minus);
            }
            else if (TakePercent(ref cell))
            {
                if (percent) return false;
                percent = true;
            }
            else if (TakeAffix(ref cell) is var affix and >= 0)
            {
                if ((used & (1L << affix)) != 0) return false;
                used |= 1L << affix;
            }
            else
            {
                break;
            }
        }

        found = new Found(negative, percent && _format.Percent == PercentSign.Divide ? -2 : 0);
        return !cell.IsEmpty;
    }

    private bool IsSign(ref ReadOnlySpan<byte> cell, out bool negative)
    {
        negative = true;
        if (NumberText.SignLength(cell) is var length and > 0)
        {
            negative = cell[0] != '+';
            cell = cell[length..];
            return true;
        }
        if (_format.Parentheses && cell is [(byte)'(', .., (byte)')'])
        {
            cell = cell[1..^1];
            return true;
        }
        var minus = !_format.TrailingMinus ? 0 : cell.EndsWith("-"u8) ? 1 : cell.EndsWith("\u2212"u8) ? 3 : 0;
        cell = cell[..^minus];
        return minus > 0;
    }

    private bool TakePercent(ref ReadOnlySpan<byte> cell)
    {
        if (_format.Percent is null || cell.IsEmpty) return false;
        var (first, last) = (cell[0] == '%', cell[^1] == '%');
        if (first) cell = cell[1..];
        else if (last) cell = cell[..^1];
        return first || last;
    }

    private int TakeAffix(ref ReadOnlySpan<byte> cell)
    {
        for (var i = 0; i < _affixes.Length; i++)
        {
            if (LengthAtStart(cell, _affixes[i]) is var start and > 0) cell = cell[start..];
            else if (LengthAtEnd(cell, _affixes[i]) is var end and > 0) cell = cell[..^end];
            else continue;
            return i;
        }
        return -1;
    }

    private static int LengthAtStart(ReadOnlySpan<byte> cell, Rune[] affix)
    {
        var length = 0;
        foreach (var expected in affix)
        {
            if (Rune.DecodeFromUtf8(cell[length..], out var rune, out var bytes) != OperationStatus.Done) return 0;
            if (Rune.ToUpperInvariant(rune) != expected) return 0;
            length += bytes;
        }
        return length;
    }

    private static int LengthAtEnd(ReadOnlySpan<byte> cell, Rune[] affix)
    {
        var length = 0;
        for (var i = affix.Length - 1; i >= 0; i--)
        {
            if (Rune.DecodeLastFromUtf8(cell[..^length], out var rune, out var bytes) != OperationStatus.Done) return 0;
            if (Rune.ToUpperInvariant(rune) != affix[i]) return 0;
            length += bytes;
        }
        return length;
    }

    private static Rune[] Upper(string affix) => [.. affix.EnumerateRunes().Select(Rune.ToUpperInvariant)];

    /// <param name="Power">Of ten, that the number is to be multiplied by.</param>
    internal readonly record struct Found(bool Negative, int Power);
}
