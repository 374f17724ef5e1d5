using System.Globalization;

namespace Usage.Core.Values;

/// <summary>Collects the digits of a number and gives the double nearest to them.</summary>
internal struct DecimalDigits
{
    /// <summary>Numbers of up to this many significant digits survive the conversion to a double and back.</summary>
    public const int MaxSignificant = 15;

    private const int MaxHeld = 19;

    /// <summary>The powers of ten that are exact doubles.</summary>
    private static readonly double[] Powers = [.. Enumerable.Range(0,
        23).Select(n => double.Parse($"1E{n}", CultureInfo.InvariantCulture))];

    private ulong mantissa;
    private int seen;
    private int significant;
    private long scale;

    public void AddWhole(byte digit)
    {
        if (!Hold(digit)) scale++;
    }

    public void AddFraction(byte digit)
    {
        if (Hold(digit)) scale--;
    }

    public readonly NumberState ToDouble(bool negative, long exponent, out double value)
    {
        value = 0;
        if (significant == 0) return NumberState.Number;
        if (significant > MaxSignificant) return NumberState.TooManyDigits;

        var (digits, power) = (mantissa, scale + exponent);
        for (var held = Math.Min(seen, MaxHeld); held > MaxSignificant; held--, power++) digits /= 10;
        value = power switch
        {
            // Both operands are exact doubles here, so that the one rounding of IEEE 754 gives the nearest one.
            >= 0 and <= 22 => digits * Powers[power],
            >= -22 and < 0 => digits / Powers[-power],
            _ => Nearest(digits, power),
        };
        if (value == 0 || double.IsInfinity(value)) return NumberState.OutOfRange;
        if (negative) value = -value;
        return NumberState.Number;
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
        if (mantissa == 0 && digit == '0') return true;
        seen++;
        if (digit != '0') significant = seen;
        if (seen > MaxHeld) return false;
        mantissa = mantissa * 10 + digit - '0';
        return true;
    }
}
