using System.Globalization;
using Usage.Core.Files.Sources;
using Usage.Core.Issues;
using static System.FormattableString;

namespace Usage.Core.Files.Workbooks.Packages;

/// <summary>One text of a workbook, in memory that is used again for the next one.</summary>
internal sealed class TextBuffer(FileLimits limits)
{
    private char[] _text = new char[1024];
    private int _length;

    public int Length => _length;

    public ReadOnlySpan<char> Text => _text.AsSpan(0, _length);

    public void Clear() => _length = 0;

    public void Append(ReadOnlySpan<char> text)
    {
        // A character takes a byte at least.
        if (_length + text.Length > limits.MaxCellBytes)
            throw new FileRejectedException(IssueCode.CellTooLong,
                Invariant($"the workbook: found a text of more than {limits.MaxCellBytes} bytes, ")
                + "expected at most that many (limit MaxCellBytes)");
        if (_length + text.Length > _text.Length) Array.Resize(ref _text, Math.Max(_text.Length * 2, _length + text.Length));
        text.CopyTo(_text.AsSpan(_length));
        _length += text.Length;
    }

    /// <summary>Puts what XML can't hold in its place: <c>_x000D_</c> stands for a character, by its number.</summary>
    /// <param name="start">Where the text that was written so begins.</param>
    public void Unescape(int start)
    {
        if (!Text[start..].Contains("_x", StringComparison.Ordinal)) return;
        var end = start;
        for (var i = start; i < _length; i++)
        {
            var character = _text[i];
            if (character == '_' && IsEscape(Text[i..]))
            {
                character = (char)ushort.Parse(Text.Slice(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                i += 6;
            }

            _text[end++] = character;
        }

        _length = end;
    }

    private static bool IsEscape(ReadOnlySpan<char> text) =>
        text.Length >= 7 && text[1] == 'x' && text[6] == '_'
        && ushort.TryParse(text[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _);
}
