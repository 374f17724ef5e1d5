namespace Usage.Core.Values.Numbers;

internal enum NumberState { Number, NotANumber, NotExact, TooLarge }

/// <summary>Parses numbers from UTF-8 without allocating; accepts exactly the forms that the rules list.</summary>
internal static class NumberText
{
    /// <param name="text">Trimmed, not empty.</param>
    /// <param name="separator">The decimal separator, <c>.</c> or <c>,</c></param>
    /// <param name="power">Of ten, that the number is multiplied by: -2 for one in percent.</param>
    public static NumberState Parse(
        ReadOnlySpan<byte> text, byte separator, out double value, DigitGrouping grouping = DigitGrouping.Standard, int power = 0)
    {
        value = 0;
        var start = SignLength(text);
        var at = start;
        var digits = default(DecimalDigits);

        while (at < text.Length && char.IsAsciiDigit((char)text[at])) digits.AddWhole(text[at++]);
        var whole = at - start;
        var grouped = whole >= 1 && whole <= (grouping == DigitGrouping.Indian ? 2 : 3) && grouping != DigitGrouping.None
            && text[start] != '0' && GroupSeparator(text[at..], separator) > 0;
        if (grouped && !ReadGroups(text, separator, grouping, ref at, ref digits)) return NumberState.NotANumber;

        var fraction = 0;
        if (at < text.Length && text[at] == separator)
        {
            for (at++; at < text.Length && char.IsAsciiDigit((char)text[at]); fraction++) digits.AddFraction(text[at++]);
        }
        if (whole + fraction == 0) return NumberState.NotANumber;

        var end = at;
        var exponent = 0L;
        if (!grouped && at < text.Length && (text[at] | 0x20) == 'e' && !ReadExponent(text, ref at, out exponent))
            return NumberState.NotANumber;
        if (at < text.Length) return NumberState.NotANumber;

        // Who writes neither fraction nor exponent means each digit, such as those of an id.
        var isWhole = fraction == 0 && end == at;
        if (isWhole && !digits.IsExact(text[start..end])) return NumberState.NotExact;
        value = digits.ToDouble(text[start..end], exponent + power);
        if (double.IsInfinity(value)) return NumberState.TooLarge;
        // Zero has no sign.
        if (value != 0 && start > 0 && text[0] != '+') value = -value;
        return NumberState.Number;
    }

    /// <summary>Length in bytes of the sign that the text starts with; 0: none.</summary>
    public static int SignLength(ReadOnlySpan<byte> text) => text switch
    {
        [(byte)'+' or (byte)'-', ..] => 1,
        [0xE2, 0x88, 0x92, ..] => 3, // U+2212
        _ => 0,
    };

    private static bool ReadGroups(ReadOnlySpan<byte> text, byte separator, DigitGrouping grouping, ref int at, ref DecimalDigits digits)
    {
        var group = text.Slice(at, GroupSeparator(text[at..], separator));
        while (text[at..].StartsWith(group))
        {
            at += group.Length;
            var start = at;
            while (at < text.Length && at - start < 4 && char.IsAsciiDigit((char)text[at])) digits.AddWhole(text[at++]);
            var inner = grouping == DigitGrouping.Indian && text[at..].StartsWith(group);
            if (at - start != (inner ? 2 : 3)) return false;
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
