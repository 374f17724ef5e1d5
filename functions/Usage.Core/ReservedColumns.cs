namespace Usage.Core;

/// <summary>
/// The columns that a rejected file adds to the original ones, and that are ignored when it comes back, but for <see cref="Raw"/>: a row
/// where it is filled hasn't been mended. Names are in any case.
/// </summary>
internal static class ReservedColumns
{
    public const string Row = "_row";
    public const string Code = "_code";
    public const string Raw = "_raw";
    public const string Run = "_run";

    public static IReadOnlyList<string> All { get; } = [Row, "_outcome", Code, "_message", Raw, Run];

    public static bool Contains(string name) => All.Contains(name.Trim(), StringComparer.OrdinalIgnoreCase);

    /// <summary>A header with <see cref="Row"/> is a rejected file's.</summary>
    public static bool Mark(IEnumerable<string> header) => header.Contains(Row, StringComparer.OrdinalIgnoreCase);

    /// <returns>The place of the first column of that name; -1 when there is none.</returns>
    public static int Find(IReadOnlyList<string> header, string name)
    {
        for (var column = 0; column < header.Count; column++)
            if (string.Equals(header[column], name, StringComparison.OrdinalIgnoreCase)) return column;
        return -1;
    }

    /// <summary>Whether <see cref="Row"/> stands somewhere in the text, which hardly any text has.</summary>
    public static bool MayMark(ReadOnlySpan<byte> text)
    {
        for (int at; (at = text.IndexOf((byte)'_')) >= 0 && at + Row.Length <= text.Length; text = text[(at + 1)..])
            if (System.Text.Ascii.EqualsIgnoreCase(text.Slice(at, Row.Length), Row)) return true;
        return false;
    }
}
