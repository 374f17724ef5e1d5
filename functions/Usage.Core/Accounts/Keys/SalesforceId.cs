namespace Usage.Core.Accounts.Keys;

/// <summary>
/// Salesforce ids have 15 characters in which case counts, or 18: the same and three that tell which of the 15 are upper case.
/// </summary>
public static class SalesforceId
{
    public const int ShortLength = 15;
    public const int LongLength = 18;

    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

    /// <summary>The other form of an id: 18 characters for 15, 15 for 18 whose last three are right.</summary>
    /// <param name="other">Room for 18.</param>
    /// <returns>Length of the other form; 0: the text is no such id.</returns>
    public static int OtherForm(ReadOnlySpan<char> id, Span<char> other)
    {
        if (id.Length is not (ShortLength or LongLength)) return 0;
        foreach (var c in id)
            if (!char.IsAsciiLetterOrDigit(c)) return 0;

        Span<char> check = [Check(id[..5]), Check(id[5..10]), Check(id[10..15])];
        id[..ShortLength].CopyTo(other);
        if (id.Length == LongLength) return id[ShortLength..].SequenceEqual(check) ? ShortLength : 0;
        check.CopyTo(other[ShortLength..]);
        return LongLength;
    }

    /// <summary>Null: the text is no such id.</summary>
    public static string? OtherForm(string id)
    {
        Span<char> other = stackalloc char[LongLength];
        var length = OtherForm(id, other);
        return length == 0 ? null : other[..length].ToString();
    }

    /// <summary>Five bits, the first character's the lowest: set where the character is an upper-case letter.</summary>
    private static char Check(ReadOnlySpan<char> five)
    {
        var bits = 0;
        for (var i = 0; i < five.Length; i++)
            if (char.IsAsciiLetterUpper(five[i])) bits |= 1 << i;
        return Alphabet[bits];
    }
}
