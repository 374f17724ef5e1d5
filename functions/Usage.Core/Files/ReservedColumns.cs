namespace Usage.Core.Files;

/// <summary>The columns that a rejected file adds to the original ones, and that are ignored when it comes back.</summary>
internal static class ReservedColumns
{
    public const string Row = "_row";

    public static IReadOnlyList<string> All { get; } = [Row, "_outcome", "_code", "_message"];

    public static bool Contains(string name) => All.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>A header with <see cref="Row"/> is a rejected file's.</summary>
    public static bool Mark(IEnumerable<string> header) => header.Contains(Row, StringComparer.OrdinalIgnoreCase);
}
