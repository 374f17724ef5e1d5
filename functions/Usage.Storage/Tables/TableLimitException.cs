namespace Usage.Storage.Tables;

/// <summary>A write that Azure would refuse, however often it is tried: what was found, what the limit is, and in which entity.</summary>
public sealed class TableLimitException(string table, string partition, string row, string found, string expected)
    : Exception($"table {table}, entity \"{Short(partition)}\" / \"{Short(row)}\": found {found}, expected {expected}")
{
    private const int Longest = 200;

    /// <summary>A text that may be the very thing that is too long.</summary>
    internal static string Short(string text) => text.Length <= Longest ? text : $"{text[..Longest]}…";
}
