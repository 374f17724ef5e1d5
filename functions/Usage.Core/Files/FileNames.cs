namespace Usage.Core.Files;

/// <summary>Which names a dropped file may have. What it is, its name doesn't say.</summary>
public static class FileNames
{
    private const int Longest = 900;

    /// <summary>All that a name is asked about a file's content, and only where its rows leave the delimiter open.</summary>
    public static bool HintsAtTabs(string name) =>
        name.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".tsv.gz", StringComparison.OrdinalIgnoreCase);

    /// <returns>What is wrong with a name that someone gave over HTTP, or null: it stays within the integration's folder.</returns>
    public static string? Problem(string name) =>
        name.Length > Longest ? $"found {name.Length} characters, expected at most {Longest}"
        : !IsPath(name) ? $"found \"{Shown(name)}\", expected a file name, folders before it separated by single slashes, "
            + "without . or .. and without \\"
        : null;

    private static bool IsPath(string name) =>
        !name.Contains('\\') && !name.Any(char.IsControl) && IsWellFormed(name)
        && name.Split('/').All(part => part.Trim().Length > 0 && part is not ("." or "..") && !part.EndsWith('.'));

    private static bool IsWellFormed(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (!char.IsSurrogate(name[i])) continue;
            if (!char.IsHighSurrogate(name[i]) || i + 1 == name.Length || !char.IsLowSurrogate(name[++i])) return false;
        }

        return true;
    }

    private static string Shown(string name) =>
        new([.. name.Take(100).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '\uFFFD' : c)]);
}
