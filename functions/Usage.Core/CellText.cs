using System.Buffers;
using System.Text;

namespace Usage.Core;

/// <summary>Cells as UTF-8 text.</summary>
public static class CellText
{
    /// <summary>Characters of a cell that messages show.</summary>
    public const int MaxShown = 100;

    /// <summary>Characters of a row that messages show.</summary>
    public const int MaxShownOfRow = 200;

    /// <summary>Takes off Unicode white space, no-break spaces included, at both ends.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> cell)
    {
        if (cell.IsEmpty || (IsInk(cell[0]) && IsInk(cell[^1]))) return cell;
        while (Rune.DecodeFromUtf8(cell, out var rune, out var length) == OperationStatus.Done && Rune.IsWhiteSpace(rune))
            cell = cell[length..];
        while (Rune.DecodeLastFromUtf8(cell, out var rune, out var length) == OperationStatus.Done && Rune.IsWhiteSpace(rune))
            cell = cell[..^length];
        return cell;
    }

    /// <summary>A cell for a message: at most so many characters and an ellipsis, control characters as escapes.</summary>
    public static string Shown(ReadOnlySpan<byte> cell, int most = MaxShown)
    {
        var shown = new StringBuilder();
        for (var count = 0; !cell.IsEmpty; count++)
        {
            if (count == most) return shown.Append('…').ToString();
            _ = Rune.DecodeFromUtf8(cell, out var rune, out var length);
            cell = cell[length..];
            _ = rune.Value switch
            {
                '\n' => shown.Append("\\n"),
                '\r' => shown.Append("\\r"),
                '\t' => shown.Append("\\t"),
                _ when Rune.IsControl(rune) => shown.Append("\\u").Append(rune.Value.ToString("x4", null)),
                _ => shown.Append(rune.ToString()),
            };
        }
        return shown.ToString();
    }

    /// <inheritdoc cref="Shown(ReadOnlySpan{byte}, int)"/>
    public static string Shown(string text) => Shown(Encoding.UTF8.GetBytes(text));

    private static bool IsInk(byte b) => b is > 0x20 and < 0x80;
}
