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
        _maxBytes = _tokens.Select(CellText.MostBytes).DefaultIfEmpty(0).Max();
    }

    /// <param name="cell">Trimmed.</param>
    public bool Contains(ReadOnlySpan<byte> cell) => cell.Length <= _maxBytes && !cell.IsEmpty && IsOne(cell);

    private bool IsOne(ReadOnlySpan<byte> cell)
    {
        var text = CellText.Decode(cell, stackalloc char[256]);
        foreach (var token in _tokens)
            if (text.Equals(token, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
