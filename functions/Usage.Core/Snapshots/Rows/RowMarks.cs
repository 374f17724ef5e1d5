using Usage.Core.Issues;
using Usage.Core.Snapshots.Entries;

namespace Usage.Core.Snapshots.Rows;

/// <summary>The rows of a batch that weren't accepted, in order, as its table has them.</summary>
/// <param name="marks">That part of the table.</param>
/// <param name="wanted">Findings that are looked for, by their numbers; null: none are.</param>
internal ref struct RowMarks(ReadOnlySpan<byte> marks, bool[]? wanted)
{
    private readonly ReadOnlySpan<byte> _marks = marks;
    private int _position;

    /// <summary>Of the row in the batch, 0 for the first.</summary>
    public long Place { get; private set; }

    public RowOutcome Outcome { get; private set; }

    /// <summary>Whether the row has one of the findings that are looked for.</summary>
    public bool IsWanted { get; private set; }

    public bool MoveNext()
    {
        if (_position == _marks.Length) return false;
        Place += (long)Varint.Read(_marks, ref _position);
        var head = Varint.Read(_marks, ref _position);
        Outcome = (RowOutcome)(head & ((1 << RowTableFormat.OutcomeBits) - 1));
        IsWanted = false;
        for (var left = head >> RowTableFormat.OutcomeBits; left > 0; left--)
            IsWanted |= (int)Varint.Read(_marks, ref _position) is var finding && wanted?[finding] == true;
        return true;
    }
}
