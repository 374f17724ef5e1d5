using System.Text;

namespace Usage.Core.Values;

/// <summary>
/// Texts that an integration declares, in any case: those of blank cells, of cells that take a stored value away, or words.
/// </summary>
internal sealed class WordList
{
    private readonly string[] _tokens;
    private readonly int _maxBytes;

    public WordList(IEnumerable<string> tokens)
    {
        _tokens = [.. tokens.Select(CellText.Trim).Where(t => t.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
        // Another case of a character takes at most three bytes a UTF-16 unit.
        _maxBytes = _tokens.Select(t => t.Length * 3).DefaultIfEmpty(0).Max();
    }

    /// <param name="cell">Trimmed.</param>
    public bool Contains(ReadOnlySpan<byte> cell) => cell.Length <= _maxBytes && !cell.IsEmpty && IsOne(cell);

    private bool IsOne(ReadOnlySpan<byte> cell)
    {
        var chars = cell.Length <= 256 ? stackalloc char[256] : new char[cell.Length];
        ReadOnlySpan<char> text = chars[..Encoding.UTF8.GetChars(cell, chars)];
        foreach (var token in _tokens)
            if (text.Equals(token, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
