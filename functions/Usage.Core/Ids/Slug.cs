namespace Usage.Core.Ids;

/// <summary>The alphabet of ids that people choose: a first character, then up to 62 more.</summary>
internal static class Slug
{
    public static bool IsValid(string? text, bool digitFirst, char joiner)
    {
        if (text is null || text.Length is 0 or > 63) return false;
        if (!(char.IsAsciiLetterLower(text[0]) || (digitFirst && char.IsAsciiDigit(text[0])))) return false;
        foreach (var c in text.AsSpan(1))
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != joiner) return false;
        return true;
    }
}
