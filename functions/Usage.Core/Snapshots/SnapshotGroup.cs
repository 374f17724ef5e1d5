using Usage.Core.Accounts;
using Usage.Core.Values;

namespace Usage.Core.Snapshots;

/// <summary>
/// The merged snapshots of one block of accounts, one product and one date, at most <see cref="Partitioning.BlockSize"/>: one
/// table transaction. It owns its memory, so that groups can be written while the next ones are merged.
/// </summary>
public sealed record SnapshotGroup
{
    /// <summary>The accounts' ordinals divided by <see cref="Partitioning.BlockSize"/>.</summary>
    public required int Block { get; init; }

    /// <summary>Index in the mapping's products.</summary>
    public required int Product { get; init; }

    public required DateOnly Date { get; init; }

    /// <summary>By ordinal of the account, each account once; never empty.</summary>
    public required IReadOnlyList<MergedSnapshot> Snapshots { get; init; }

    /// <summary>What the rows of a preview contributed; empty outside of test runs.</summary>
    public IReadOnlyList<RowShare> Shares { get; init; } = [];

    /// <summary>By account, then dimension.</summary>
    public IReadOnlyList<IncompleteTotal> Incomplete { get; init; } = [];
}

/// <param name="Account">Ordinal.</param>
/// <param name="Row">The last row, by date cell and row number, of which a value took part.</param>
/// <param name="Values">One place for each of the product's dimensions; null where the file gave nothing, which leaves what is
/// stored.</param>
public readonly record struct MergedSnapshot(int Account, long Row, ReadOnlyMemory<UsageValue?> Values)
{
    public const int MaxRows = 100;

    /// <summary>Dimensions whose stored values the file takes away; their values here are null.</summary>
    public IReadOnlyList<int> Cleared { get; init; } = [];

    /// <summary>The kind of key that found the account of <see cref="Row"/>.</summary>
    public MatchBy MatchedBy { get; init; }

    /// <summary>
    /// The rows that gave a value, or a refused cell, by date cell and row number: the first <see cref="MaxRows"/>. Empty where that is
    /// <see cref="Row"/> alone.
    /// </summary>
    public IReadOnlyList<MergedRow> Rows { get; init; } = [];

    /// <summary>Where each dimension's value comes from; empty where all come from <see cref="Row"/> alone.</summary>
    public IReadOnlyList<CellSource> Sources { get; init; } = [];

    /// <summary>Values that are not null, and those that are taken away; at least one.</summary>
    public int Count()
    {
        var count = Cleared.Count;
        foreach (var value in Values.Span) count += value is null ? 0 : 1;
        return count;
    }
}

/// <summary>A sum, average or count that is recorded without some row.</summary>
/// <param name="Account">Ordinal.</param>
/// <param name="Dimension">Index in the product's dimensions.</param>
/// <param name="Row">The first row that it lacks.</param>
/// <param name="ForItsDate">It was the row's date that was refused, else its cell.</param>
/// <param name="Rows">How many it lacks.</param>
/// <param name="Undated">How many of them it lacks for their dates.</param>
public readonly record struct IncompleteTotal(int Account, int Dimension, long Row, bool ForItsDate, long Rows, long Undated);

/// <param name="MatchedBy">The kind of key that found its account.</param>
/// <param name="Refused">A cell of it was refused that some total lacks.</param>
public readonly record struct MergedRow(long Row, MatchBy MatchedBy, bool Refused);

/// <param name="Row">That the value comes from; of a total the last of its rows.</param>
/// <param name="Count">Rows that took part in the value.</param>
public readonly record struct CellSource(long Row, long Count);

/// <summary>A value of this row took part in this snapshot's dimension (index in the product's dimensions).</summary>
/// <param name="Clean">No cell of the row was bad.</param>
public readonly record struct RowShare(long Row, int Account, int Dimension, bool Clean);
