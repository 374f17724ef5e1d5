using System.Text;

namespace Usage.Core.Values;

/// <summary>Reads the words of one mapped boolean column: those that are declared or, where none are, those that everybody knows.</summary>
internal sealed class BooleanWords(BooleanFormat? declared)
{
    private readonly WordList _yes = new(declared?.True ?? []);
    private readonly WordList _no = new(declared?.False ?? []);

    /// <summary>For messages.</summary>
    public string Expected { get; } = declared is null
        ? "true or false, yes or no, on or off, 1 or 0, y or n, t or f"
        : $"one of {Listed(declared.True)} for true, {Listed(declared.False)} for false";

    /// <param name="cell">Trimmed.</param>
    /// <returns>Null: it is none of the words.</returns>
    public bool? Read(ReadOnlySpan<byte> cell)
    {
        if (declared is null) return Known(cell);
        if (_yes.Contains(cell)) return true;
        return _no.Contains(cell) ? false : null;
    }

    /// <inheritdoc cref="Read"/>
    public static bool? Known(ReadOnlySpan<byte> cell)
    {
        if (cell.Length == 1)
        {
            return cell[0] switch
            {
                (byte)'1' or (byte)'y' or (byte)'Y' or (byte)'t' or (byte)'T' => true,
                (byte)'0' or (byte)'n' or (byte)'N' or (byte)'f' or (byte)'F' => false,
                _ => null,
            };
        }
        if (Ascii.EqualsIgnoreCase(cell, "true"u8) || Ascii.EqualsIgnoreCase(cell, "yes"u8) || Ascii.EqualsIgnoreCase(cell, "on"u8))
            return true;
        if (Ascii.EqualsIgnoreCase(cell, "false"u8) || Ascii.EqualsIgnoreCase(cell, "no"u8) || Ascii.EqualsIgnoreCase(cell, "off"u8))
            return false;
        return null;
    }

    private static string Listed(IReadOnlyList<string> words) =>
        words.Count == 0 ? "none" : string.Join(", ", words.Select(word => $"\"{CellText.Shown(word)}\""));
}
