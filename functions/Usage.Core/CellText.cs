using System.Buffers;
using System.Globalization;
using System.Text;

namespace Usage.Core;

/// <summary>Cells as UTF-8 text.</summary>
public static class CellText
{
    /// <summary>Characters of a cell that messages show.</summary>
    public const int MaxShown = 100;

    /// <summary>Characters of a row that messages show.</summary>
    public const int MaxShownOfRow = 200;

    /// <summary>Takes off Unicode white space and invisible characters at both ends: no-break spaces, zero-width ones, marks.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> cell)
    {
        if (cell.IsEmpty || (IsInk(cell[0]) && IsInk(cell[^1]))) return cell;
        while (Rune.DecodeFromUtf8(cell, out var rune, out var length) == OperationStatus.Done && IsOuter(rune))
            cell = cell[length..];
        while (Rune.DecodeLastFromUtf8(cell, out var rune, out var length) == OperationStatus.Done && IsOuter(rune))
            cell = cell[..^length];
        return cell;
    }

    /// <inheritdoc cref="Trim(ReadOnlySpan{byte})"/>
    public static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text)
    {
        while (Rune.DecodeFromUtf16(text, out var rune, out var length) == OperationStatus.Done && IsOuter(rune))
            text = text[length..];
        while (Rune.DecodeLastFromUtf16(text, out var rune, out var length) == OperationStatus.Done && IsOuter(rune))
            text = text[..^length];
        return text;
    }

    /// <inheritdoc cref="Trim(ReadOnlySpan{byte})"/>
    public static string Trim(string text)
    {
        var trimmed = Trim(text.AsSpan());
        return trimmed.Length == text.Length ? text : trimmed.ToString();
    }

    /// <summary>Decodes a cell that is compared with declared texts; what isn't UTF-8 becomes U+FFFD.</summary>
    /// <param name="room">On the stack, for all but long cells.</param>
    public static ReadOnlySpan<char> Decode(ReadOnlySpan<byte> cell, Span<char> room)
    {
        if (cell.Length > room.Length) room = new char[cell.Length];
        return room[..Encoding.UTF8.GetChars(cell, room)];
    }

    /// <summary>Bytes that a text takes at most, whatever the case of its letters: three a UTF-16 unit.</summary>
    public static int MostBytes(string text) => text.Length * 3;

    /// <summary>
    /// A column's name as names are compared: trimmed, and each run of white space inside, line breaks included, is one space.
    /// </summary>
    public static string Name(string text)
    {
        text = Trim(text);
        if (!text.Any(char.IsWhiteSpace)) return text;
        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <inheritdoc cref="Name(string)"/>
    public static string Name(ReadOnlySpan<byte> cell) => Name(Encoding.UTF8.GetString(cell));

    /// <summary>A cell for a message: at most so many characters and an ellipsis; control and invisible ones as escapes.</summary>
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
                _ when IsInvisible(rune) || IsLineBreak(rune) => shown.Append("U+").Append(rune.Value.ToString("X4", null)),
                _ => shown.Append(rune.ToString()),
            };
        }
        return shown.ToString();
    }

    /// <inheritdoc cref="Shown(ReadOnlySpan{byte}, int)"/>
    public static string Shown(string text) => Shown(Encoding.UTF8.GetBytes(text));

    /// <summary>A whole text as one line that shows all of it, for logs and terminals.</summary>
    public static string Line(string text) => Shown(Encoding.UTF8.GetBytes(text), int.MaxValue);

    internal static bool IsOuter(Rune rune) =>
        rune.IsAscii ? rune.Value is <= 0x20 && Rune.IsWhiteSpace(rune) : Rune.IsWhiteSpace(rune) || IsInvisible(rune);

    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format;

    private static bool IsLineBreak(Rune rune) => rune.Value is 0x2028 or 0x2029;

    private static bool IsInk(byte b) => b is > 0x20 and < 0x80;
}
