namespace Usage.Core.Values;

/// <summary>The short way for what nearly all numbers are: a sign, at most fifteen digits, and a decimal separator among them.</summary>
internal static class PlainNumber
{
    /// <returns>False: the long way decides.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, byte separator, out double value)
    {
        value = 0;
        var negative = !text.IsEmpty && text[0] == '-';
        if (negative) text = text[1..];
        if (text.Length is 0 or > DecimalDigits.MaxSignificant) return false;
        var point = -1;
        var digits = 0L;
        for (var i = 0; i < text.Length; i++)
        {
            var digit = (uint)(text[i] - '0');
            if (digit <= 9) digits = digits * 10 + digit;
            else if (text[i] == separator && point < 0 && text.Length > 1) point = i;
            else return false;
        }
        // Both are exact doubles, so that the division's one rounding gives the nearest one.
        value = point < 0 ? digits : digits / DecimalDigits.Powers[text.Length - point - 1];
        if (negative && digits != 0) value = -value;
        return true;
    }
}
