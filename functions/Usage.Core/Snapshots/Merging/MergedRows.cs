namespace Usage.Core.Snapshots.Merging;

/// <summary>Which rows took part in what was merged; where others may be passed over, which of those with a bad cell were.</summary>
/// <param name="rows">Of the file.</param>
/// <param name="passesOver">Only the latest date of an account counts.</param>
internal sealed class MergedRows(long rows, bool passesOver) : IDisposable
{
    private readonly RowBits? _given = passesOver ? new RowBits(rows) : null;
    private readonly RowBits? _taken = passesOver ? new RowBits(rows) : null;

    /// <summary>Rows without a bad cell of which some value took part.</summary>
    public RowBits Recorded { get; } = new(rows);

    public void Give(long row, bool clean)
    {
        if (!clean) _given?.Set(row);
    }

    public void Take(long row, bool clean)
    {
        if (clean) Recorded.Set(row);
        else _taken?.Set(row);
    }

    /// <inheritdoc cref="MergeTally.PassedOver"/>
    public long CountPassedOver() => _given?.CountWithout(_taken!) ?? 0;

    public void Dispose()
    {
        Recorded.Dispose();
        _given?.Dispose();
        _taken?.Dispose();
    }
}
