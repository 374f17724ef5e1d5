namespace Usage.Core.Values;

internal enum NumberState { Number, NotANumber, TooManyDigits, OutOfRange }

/// <summary>Parses numbers from UTF-8 without allocating; accepts exactly the forms that the rules list.</summary>
internal static class NumberText
{
    /// <param name="text">Trimmed, not empty.</param>
    /// <param name="separator">The decimal separator, <c>.</c> or <c>,</c></param>
    public static NumberState Parse(ReadOnlySpan<byte> text, byte separator, out double value)
    {
        value = 0;
        var negative = text[0] == '-';
        var start = negative || text[0] == '+' ? 1 : 0;
        var at = start;
        var digits = default(DecimalDigits);

        while (at < text.Length && char.IsAsciiDigit((char)text[at])) digits.AddWhole(text[at++]);
        var whole = at - start;
        var grouped = whole is >= 1 and <= 3 && text[start] != '0' && GroupSeparator(text[at..], separator) > 0;
        if (grouped && !ReadGroups(text, separator, ref at, ref digits)) return NumberState.NotANumber;

        var fraction = 0;
        if (at < text.Length && text[at] == separator)
        {
            for (at++; at < text.Length && char.IsAsciiDigit((char)text[at]); fraction++) digits.AddFraction(text[at++]);
        }
        if (whole + fraction == 0) return NumberState.NotANumber;

        var exponent = 0L;
        if (!grouped && at < text.Length && (text[at] | 0x20) == 'e' && !ReadExponent(text, ref at, out exponent))
            return NumberState.NotANumber;
        return at == text.Length ? digits.ToDouble(negative, exponent, out value) : NumberState.NotANumber;
    }

    private static bool ReadGroups(ReadOnlySpan<byte> text, byte separator, ref int at, ref DecimalDigits digits)
    {
        var group = text.Slice(at, GroupSeparator(text[at..], separator));
        while (text[at..].StartsWith(group))
        {
            at += group.Length;
            if (text.Length - at < 3) return false;
            for (var end = at + 3; at < end; at++)
            {
                if (!char.IsAsciiDigit((char)text[at])) return false;
                digits.AddWhole(text[at]);
            }
        }
        return true;
    }

    private static bool ReadExponent(ReadOnlySpan<byte> text, ref int at, out long exponent)
    {
        exponent = 0;
        at++;
        var negative = at < text.Length && text[at] == '-';
        if (negative || (at < text.Length && text[at] == '+')) at++;
        var start = at;
        // Far beyond any double already, whatever digits follow.
        for (; at < text.Length && char.IsAsciiDigit((char)text[at]); at++)
            exponent = Math.Min(exponent * 10 + text[at] - '0', 1_000_000_000_000);
        if (negative) exponent = -exponent;
        return at > start;
    }

    /// <summary>Length in bytes of the group separator that the text starts with; 0: none.</summary>
    private static int GroupSeparator(ReadOnlySpan<byte> text, byte separator)
    {
        if (text.IsEmpty || text[0] == separator) return 0;
        if (text[0] is (byte)',' or (byte)'.' or (byte)' ' or (byte)'\'') return 1;
        if (text.StartsWith("\u00a0"u8)) return 2;
        return text.StartsWith("\u202f"u8) || text.StartsWith("\u2019"u8) ? 3 : 0;
    }
}
