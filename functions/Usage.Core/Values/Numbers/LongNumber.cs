using System.Globalization;
using System.Numerics;

namespace Usage.Core.Values.Numbers;

/// <summary>Numbers of more digits than an integer holds. They are rare, so that reading their digits once more costs nothing.</summary>
internal static class LongNumber
{
    /// <summary>More digits decide nothing about the nearest double but that the number isn't exactly in the middle of two.</summary>
    private const int MaxDecisive = 800;

    /// <summary>Whole numbers of more digits are beyond any double.</summary>
    private const int MaxWhole = 309;

    /// <param name="text">Digits with anything between them but signs and an exponent.</param>
    /// <param name="point">Where the decimal point is, in digits behind the first one that isn't 0.</param>
    public static double Nearest(ReadOnlySpan<byte> text, long point)
    {
        Span<char> number = stackalloc char[MaxDecisive + 32];
        var count = Digits(text, number[..MaxDecisive], out var more);
        if (more) number[count++] = '1';
        var power = point - count;
        if (power > 400) return double.PositiveInfinity;
        if (power < -2_000) return 0;
        number[count++] = 'E';
        power.TryFormat(number[count..], out var length, default, CultureInfo.InvariantCulture);
        return double.Parse(number[..(count + length)], NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    /// <summary>Whether a whole number is this double; infinity always is.</summary>
    public static bool IsExact(ReadOnlySpan<byte> text, double value)
    {
        if (double.IsInfinity(value)) return true;
        Span<char> number = stackalloc char[MaxWhole];
        var count = Digits(text, number, out _);
        return BigInteger.Parse(number[..count], NumberStyles.None, CultureInfo.InvariantCulture) == new BigInteger(value);
    }

    private static int Digits(ReadOnlySpan<byte> text, Span<char> digits, out bool more)
    {
        var count = 0;
        more = false;
        foreach (var b in text)
        {
            if (!char.IsAsciiDigit((char)b) || (count == 0 && b == '0')) continue;
            if (count < digits.Length) digits[count++] = (char)b;
            else more |= b != '0';
        }
        return count;
    }
}
