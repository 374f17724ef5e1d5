using Usage.Core.Snapshots;
using Usage.Core.Values;

namespace Usage.Core.Changes;

/// <summary>
/// What a run writes of one block of accounts, one product and one date: at most one table transaction, unless it is large.
/// </summary>
/// <param name="Product">Index in the products that the run's log names.</param>
/// <param name="Block">The accounts' ordinals divided by <see cref="Partitioning.BlockSize"/>.</param>
/// <param name="Accounts">By ordinal; those that the run gives no value are not among them.</param>
public sealed record GroupWrites(int Product, DateOnly Date, int Block, IReadOnlyList<AccountWrites> Accounts);

/// <param name="Account">Ordinal.</param>
/// <param name="Rows">The file's rows that gave values, the first hundred; none where a run writes what no file says.</param>
public sealed record AccountWrites(int Account, IReadOnlyList<MergedRow> Rows, IReadOnlyList<CellWrite> Cells)
{
    /// <summary>Something of the account's snapshot becomes another.</summary>
    public bool IsSent() => Cells.Any(cell => cell.IsSent);
}

/// <summary>What becomes of one value.</summary>
/// <param name="Dimension">Index in the product's dimensions, as the run's log names them.</param>
/// <param name="New">What the run gives; null: the stored value is taken away.</param>
/// <param name="Old">What was stored then; null: nothing.</param>
/// <param name="Superseded">A run with a later place has written it: what that one wrote stays, and this is kept below.</param>
/// <param name="Source">The row that the value comes from; row 0 where a run writes what no file says.</param>
public readonly record struct CellWrite(int Dimension, UsageValue? New, UsageValue? Old, bool Superseded, CellSource Source)
{
    /// <summary>
    /// It is no write of the run: what its parent wrote counts as undone by it, and <see cref="New"/> is what stands then.
    /// </summary>
    public bool TakenBack { get; init; }

    /// <summary>What is stored becomes another.</summary>
    public bool IsSent => Kind is not (WriteKind.Unchanged or WriteKind.Superseded);

    public WriteKind Kind => this switch
    {
        { Superseded: true } => WriteKind.Superseded,
        _ when New == Old => WriteKind.Unchanged,
        { New: null } => WriteKind.Removed,
        { Old: null } => WriteKind.New,
        _ => WriteKind.Changed,
    };
}

public enum WriteKind
{
    New,
    Changed,

    /// <summary>What is stored is confirmed: it is a write that isn't sent.</summary>
    Unchanged,
    Removed,

    /// <summary>Kept below what a later run wrote.</summary>
    Superseded,
}
