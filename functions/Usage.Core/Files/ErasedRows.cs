namespace Usage.Core.Files;

/// <summary>
/// Rows that were taken out of the copy of a file: where they stood there are blanks, and they keep their numbers, so that all others keep
/// theirs.
/// </summary>
public sealed class ErasedRows(IReadOnlyCollection<ErasedRow> rows)
{
    private readonly HashSet<long> _offsets = [.. rows.Select(row => row.Offset)];
    private readonly HashSet<long> _numbers = [.. rows.Select(row => row.Row)];

    public static ErasedRows None { get; } = new([]);

    /// <summary>Whether one begins there, in bytes of the file's UTF-8 form.</summary>
    public bool BeginsAt(long offset) => _offsets.Contains(offset);

    /// <summary>Whether a row is one, by its number.</summary>
    public bool Has(long row) => _numbers.Contains(row);

    public IReadOnlyCollection<long> Numbers => _numbers;

    public ErasedRows And(IEnumerable<ErasedRow> others) => new([.. rows, .. others]);

    /// <summary>Puts blanks where they stand; line endings behind them stay.</summary>
    /// <param name="text">A stretch of the file.</param>
    /// <param name="offset">Where it begins.</param>
    public void Blank(Span<byte> text, long offset)
    {
        foreach (var row in rows)
        {
            var (first, last) = (Math.Max(row.Offset, offset), Math.Min(row.Offset + row.Length, offset + text.Length));
            if (first < last) text[(int)(first - offset)..(int)(last - offset)].Fill((byte)' ');
        }
    }
}

/// <param name="Row">Its number.</param>
/// <param name="Offset">Of its first byte in the file's UTF-8 form.</param>
/// <param name="Length">In bytes, without the line's ending.</param>
public readonly record struct ErasedRow(long Row, long Offset, long Length);
