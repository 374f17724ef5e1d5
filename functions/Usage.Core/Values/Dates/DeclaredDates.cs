using System.Globalization;
using System.Text;

namespace Usage.Core.Values.Dates;

/// <summary>Dates in the formats and words that an integration lists, invariant culture, in the order of the list.</summary>
internal static class DeclaredDates
{
    private const int MaxBytes = 128;

    public static bool TryRead(ReadOnlySpan<byte> cell, IReadOnlyList<string> formats, out DateOnly date)
    {
        date = default;
        if (cell.Length > MaxBytes) return false;
        Span<char> chars = stackalloc char[MaxBytes];
        ReadOnlySpan<char> text = chars[..Encoding.UTF8.GetChars(cell, chars)];
        return TryRead(text, formats, out date) || TryReadBeforeTime(cell, formats, out date);
    }

    /// <summary>The date as it is written: offsets change nothing of it.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, IReadOnlyList<string> formats, out DateOnly date)
    {
        foreach (var format in formats)
        {
            if (DateWords.Contains(format))
            {
                if (DateWords.TryRead(format, text, out date)) return true;
                continue;
            }

            if (!DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
                continue;
            date = DateOnly.FromDateTime(time.DateTime);
            return true;
        }
        date = default;
        return false;
    }

    /// <summary>Formats of a date alone take cells with a time as well.</summary>
    private static bool TryReadBeforeTime(ReadOnlySpan<byte> cell, IReadOnlyList<string> formats, out DateOnly date)
    {
        Span<char> chars = stackalloc char[MaxBytes];
        for (var at = 1; at < cell.Length; at++)
        {
            if (cell[at] is not ((byte)' ' or (byte)'T' or (byte)'t') || !TimeOfDay.IsAbsentOrValid(cell[at..])) continue;
            var length = Encoding.UTF8.GetChars(cell[..at], chars);
            if (TryRead(chars[..length], formats, out date)) return true;
        }
        date = default;
        return false;
    }
}
