using System.Globalization;
using System.Text;

namespace Usage.Core.Access;

/// <summary>Names that no person and no key may have, since they tell what neither did, or what the first admin's key did.</summary>
public static class AuthorNames
{
    /// <summary>Of the key that the settings name.</summary>
    public const string AdminKey = "admin key";

    private static readonly string[] Taken = ["drop", "pull", "timer", "anonymous", Caller.Local.Name, AdminKey];

    /// <summary>Whether a name reads as one of them: in any case and width, and with characters in it that nobody sees.</summary>
    public static bool AreTaken(string name)
    {
        var seen = name.Normalize(NormalizationForm.FormKC).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.Format);
        return Taken.Contains(string.Concat(seen).Trim(), StringComparer.OrdinalIgnoreCase);
    }
}
