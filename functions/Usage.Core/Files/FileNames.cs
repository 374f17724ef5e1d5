namespace Usage.Core.Files;

/// <summary>Which names a dropped file may have.</summary>
public static class FileNames
{
    public const string Expected = ".csv, .tsv or .txt, or one of them gzipped as in .csv.gz";

    private const int Longest = 900;
    private static readonly string[] Extensions = [".csv", ".tsv", ".txt"];

    public static bool HasKnownExtension(string name)
    {
        var plain = name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name;
        return Extensions.Any(extension => plain.EndsWith(extension, StringComparison.OrdinalIgnoreCase));
    }

    /// <returns>What is wrong with a name that someone gave over HTTP, or null: it stays within the integration's folder.</returns>
    public static string? Problem(string name) =>
        name.Length > Longest ? $"found {name.Length} characters, expected at most {Longest}"
        : !IsPath(name) ? $"found \"{Shown(name)}\", expected a file name, folders before it separated by single slashes, "
            + "without . or .. and without \\"
        : !HasKnownExtension(name) ? $"found \"{Shown(name)}\", expected a name that ends in {Expected}"
        : null;

    private static bool IsPath(string name) =>
        !name.Contains('\\') && !name.Any(char.IsControl) && IsWellFormed(name)
        && name.Split('/').All(part => (part.Length > 0 || name.Length == 0) && part is not ("." or "..") && !part.EndsWith('.'));

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
