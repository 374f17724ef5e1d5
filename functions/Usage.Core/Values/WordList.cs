namespace Usage.Core.Values;

/// <summary>
/// Texts that an integration declares, in any case: those of blank cells, of cells that take a stored value away, or words.
/// </summary>
internal sealed class WordList
{
    private readonly string[] _tokens;
    private readonly int _maxBytes;

    // The bytes with which a word may begin: most cells begin with another one, and nothing of them has to be decoded.
    private readonly bool[] _starts = new bool[256];

    public WordList(IEnumerable<string> tokens)
    {
        _tokens = [.. tokens.Select(CellText.Trim).Where(t => t.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
        _maxBytes = _tokens.Select(CellText.MostBytes).DefaultIfEmpty(0).Max();
        if (_tokens.Any(token => !char.IsAscii(token[0]))) Array.Fill(_starts, true);
        _starts.AsSpan(0x80).Fill(true);
        foreach (var token in _tokens.Where(token => char.IsAscii(token[0])))
            _starts[char.ToLowerInvariant(token[0])] = _starts[char.ToUpperInvariant(token[0])] = true;
    }

    /// <param name="cell">Trimmed.</param>
    public bool Contains(ReadOnlySpan<byte> cell) => cell.Length <= _maxBytes && !cell.IsEmpty && _starts[cell[0]] && IsOne(cell);

    private bool IsOne(ReadOnlySpan<byte> cell)
    {
        var text = CellText.Decode(cell, stackalloc char[256]);
        foreach (var token in _tokens)
            if (text.Equals(token, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
