using System.Text;

namespace Usage.Core.Values.Dates;

/// <summary>The time that may follow a date. It is checked, so that no other text is accepted, and dropped.</summary>
internal static class TimeOfDay
{
    /// <summary>
    /// Empty, or <c>T</c> or a space, <c>H:mm[:ss[.fraction]]</c> (after <c>T</c> also <c>HH</c> alone), AM or PM, <c>Z</c>, UTC or an
    /// offset.
    /// </summary>
    public static bool IsAbsentOrValid(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return true;
        var iso = text[0] is (byte)'T' or (byte)'t';
        var rest = iso ? text[1..] : SkipSpaces(text);
        if (rest.Length == text.Length || !TakeNumber(ref rest, 1, out var hour, out var hourDigits)) return false;

        var minutes = TakeByte(ref rest, ':');
        if (minutes ? !TakeSexagesimal(ref rest, 59) : !(iso && hourDigits == 2)) return false;
        if (minutes && TakeByte(ref rest, ':'))
        {
            if (!TakeSexagesimal(ref rest, 60)) return false;
            if ((TakeByte(ref rest, '.') || TakeByte(ref rest, ',')) && !TakeFraction(ref rest)) return false;
        }

        rest = SkipSpaces(rest);
        var half = TakeWord(ref rest, "AM"u8) || TakeWord(ref rest, "PM"u8);
        if (half ? hour is < 1 or > 12 : hour > 23) return false;
        rest = SkipSpaces(rest);
        return TakeZone(ref rest) && rest.IsEmpty;
    }

    private static bool TakeZone(ref ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || TakeWord(ref text, "Z"u8) || TakeWord(ref text, "UTC"u8) || TakeWord(ref text, "GMT"u8)) return true;
        if (!TakeByte(ref text, '+') && !TakeByte(ref text, '-')) return false;
        if (!TakeNumber(ref text, 2, out var hours, out _) || hours > 23 || text.IsEmpty) return text.IsEmpty;
        TakeByte(ref text, ':');
        return TakeSexagesimal(ref text, 59);
    }

    private static bool TakeSexagesimal(ref ReadOnlySpan<byte> text, int max) =>
        TakeNumber(ref text, 2, out var value, out _) && value <= max;

    /// <summary>One or two digits.</summary>
    private static bool TakeNumber(ref ReadOnlySpan<byte> text, int minDigits, out int value, out int digits)
    {
        value = digits = 0;
        for (; digits < 2 && digits < text.Length && char.IsAsciiDigit((char)text[digits]); digits++)
            value = value * 10 + text[digits] - '0';
        text = text[digits..];
        return digits >= minDigits;
    }

    private static bool TakeFraction(ref ReadOnlySpan<byte> text)
    {
        var length = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (length < 0) length = text.Length;
        text = text[length..];
        return length > 0;
    }

    private static bool TakeByte(ref ReadOnlySpan<byte> text, char wanted)
    {
        if (text.IsEmpty || text[0] != wanted) return false;
        text = text[1..];
        return true;
    }

    private static bool TakeWord(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> word)
    {
        if (text.Length < word.Length || !Ascii.EqualsIgnoreCase(text[..word.Length], word)) return false;
        text = text[word.Length..];
        return true;
    }

    /// <summary>No-break spaces too: newer formatters put a narrow one before AM and PM.</summary>
    private static ReadOnlySpan<byte> SkipSpaces(ReadOnlySpan<byte> text)
    {
        while (true)
        {
            if (text.StartsWith(" "u8)) text = text[1..];
            else if (text.StartsWith("\u00a0"u8)) text = text[2..];
            else if (text.StartsWith("\u202f"u8)) text = text[3..];
            else return text;
        }
    }
}
