using System.Globalization;

namespace Usage.Core.Values.Numbers;

/// <summary>Collects the digits of a number and gives the double nearest to them.</summary>
internal struct DecimalDigits
{
    private const int MaxHeld = 19;
    private const ulong MaxExact = 1UL << 53;

    /// <summary>The powers of ten that are exact doubles.</summary>
    private static readonly double[] Powers = [.. Enumerable.Range(0,
        23).Select(n => double.Parse($"1E{n}", CultureInfo.InvariantCulture))];

    private ulong _mantissa;
    private int _seen;
    private int _significant;
    private long _scale;

    public void AddWhole(byte digit)
    {
        if (!Hold(digit)) _scale++;
    }

    public void AddFraction(byte digit)
    {
        if (Hold(digit)) _scale--;
    }

    /// <summary>Whether the digits so far, of a number without fraction, are those of a double; infinity is one.</summary>
    /// <param name="text">What the digits were taken from; only looked at when there are more than are held.</param>
    public readonly bool IsExact(ReadOnlySpan<byte> text)
    {
        if (_mantissa <= MaxExact && _scale == 0) return true;
        if (_significant > MaxHeld) return LongNumber.IsExact(text, ToDouble(text, 0));
        var (digits, power) = Shortest(_mantissa, _scale);
        if (power > 309) return true;
        // Five to this power alone takes more than the bits of a double; twos only change the exponent.
        if (power > 22) return false;
        UInt128 odd = digits;
        for (; power > 0; power--) odd *= 5;
        return odd >> (int)UInt128.TrailingZeroCount(odd) <= MaxExact;
    }

    /// <param name="text">As for <see cref="IsExact"/>.</param>
    /// <returns>The double nearest to the number: 0 for one that is too small, infinity for one that is too large.</returns>
    public readonly double ToDouble(ReadOnlySpan<byte> text, long exponent)
    {
        if (_significant == 0) return 0;
        if (_significant > MaxHeld) return LongNumber.Nearest(text, _scale + exponent + MaxHeld);
        var (digits, power) = (_mantissa, _scale + exponent);
        if (digits > MaxExact) (digits, power) = Shortest(digits, power);
        return power switch
        {
            // Both operands are exact doubles here, so that the one rounding of IEEE 754 gives the nearest one.
            >= 0 and <= 22 when digits <= MaxExact => digits * Powers[power],
            >= -22 and < 0 when digits <= MaxExact => digits / Powers[-power],
            _ => Nearest(digits, power),
        };
    }

    private static (ulong Digits, long Power) Shortest(ulong digits, long power)
    {
        for (; digits % 10 == 0; power++) digits /= 10;
        return (digits, power);
    }

    private static double Nearest(ulong digits, long power)
    {
        if (power is < -400 or > 400) return power < 0 ? 0 : double.PositiveInfinity;
        // Piece by piece: an interpolated string would box both numbers.
        Span<char> text = stackalloc char[32];
        digits.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        text[length++] = 'E';
        power.TryFormat(text[length..], out var more, default, CultureInfo.InvariantCulture);
        return double.Parse(text[..(length + more)], NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    /// <summary>False: the digit is not held, and only changes the scale.</summary>
    private bool Hold(byte digit)
    {
        if (_mantissa == 0 && digit == '0') return true;
        _seen++;
        if (digit != '0') _significant = _seen;
        if (_seen > MaxHeld) return false;
        _mantissa = _mantissa * 10 + digit - '0';
        return true;
    }
}
