using Usage.Core.Changes;
using Usage.Core.Ids;
using Usage.Core.Runs;

namespace Usage.Functions.Tests.Changes;

/// <summary>
/// What the rules of changes say, slow and plain: every write that was ever made, in the order of time, and what was undone of it. A cell
/// holds, of its writes that are not undone, the one with the latest place.
/// </summary>
internal sealed class ReferenceLog
{
    private readonly List<Write> _writes = [];
    private readonly List<(RunId Undo, RunId Target, ChangeScope Scope)> _undos = [];

    public sealed record Cell(AccountId Account, ProductId Product, DateOnly Date, DimensionId Dimension)
    {
        public override string ToString() => $"{Account} {Product} {Date:yyyy-MM-dd} {Dimension}";
    }

    /// <param name="Value">Null: the value is taken away.</param>
    private sealed record Write(RunId Run, string Place, Cell Cell, double? Value);

    public IEnumerable<Cell> Cells => _writes.Select(write => write.Cell).Distinct();

    /// <summary>A run gives cells values.</summary>
    public ChangeCounts Add(RunId run, string place, IEnumerable<(Cell Cell, double? Value)> given)
    {
        var (made, changed, unchanged, removed) = (0, 0, 0, 0);
        foreach (var (cell, value) in given)
        {
            var (old, isLate) = (ValueOf(cell), Standing(cell) is { } latest && string.CompareOrdinal(latest.Place, place) > 0);
            _writes.Add(new Write(run, place, cell, value));
            if (isLate) continue;
            if (old == value) unchanged++;
            else if (value is null) removed++;
            else if (old is null) made++;
            else changed++;
        }

        return new ChangeCounts(made, changed, unchanged, removed);
    }

    /// <summary>A run counts what others wrote of some cells as undone.</summary>
    public ChangeCounts TakeBack(RunId run, IReadOnlyList<RunId> others, IEnumerable<Cell> cells)
    {
        var (changed, unchanged, removed) = (0, 0, 0);
        foreach (var cell in cells)
        {
            var old = ValueOf(cell);
            foreach (var other in others) Undo(run, other, new ChangeScope(cell.Account, cell.Product, cell.Date, cell.Dimension));
            var value = ValueOf(cell);
            if (old == value) unchanged++;
            else if (value is null) removed++;
            else changed++;
        }

        return new ChangeCounts(0, changed, unchanged, removed);
    }

    /// <summary>Whether all of a run counts as undone.</summary>
    public bool IsWhollyUndone(RunId run) =>
        _undos.Exists(undo => undo.Target == run && undo.Scope == ChangeScope.All && !IsWhollyUndone(undo.Undo));

    /// <summary>Whether a write of one of the runs stands.</summary>
    public bool IsStanding(Cell cell, IReadOnlyList<RunId> runs) =>
        _writes.Exists(write => write.Cell == cell && runs.Contains(write.Run) && !IsUndone(write.Run, cell));

    /// <summary>Whether somebody else has undone what one of the runs wrote.</summary>
    public bool IsUndoneByOthers(Cell cell, IReadOnlyList<RunId> runs) => _writes.Exists(write =>
        write.Cell == cell && runs.Contains(write.Run) && _undos.Exists(undo =>
            undo.Target == write.Run && !runs.Contains(undo.Undo) && Holds(undo, cell)));

    public void Undo(RunId undo, RunId target, ChangeScope scope) => _undos.Add((undo, target, scope));

    public double? ValueOf(Cell cell) => Standing(cell)?.Value;

    /// <summary>The run that the cell's value is of; null where nothing stands.</summary>
    public RunId? RunOf(Cell cell) => Standing(cell)?.Run;

    /// <summary>All writes of a cell, the latest place first, with whether they count as undone.</summary>
    public IReadOnlyList<(RunId Run, double? Value, bool Undone)> HistoryOf(Cell cell) =>
    [
        .. _writes.Where(write => write.Cell == cell).OrderByDescending(write => write.Place, StringComparer.Ordinal)
            .Select(write => (write.Run, write.Value, IsUndone(write.Run, cell))),
    ];

    private Write? Standing(Cell cell) =>
        _writes.Where(write => write.Cell == cell && !IsUndone(write.Run, cell)).MaxBy(write => write.Place, StringComparer.Ordinal);

    private bool IsUndone(RunId run, Cell cell) => _undos.Exists(undo => undo.Target == run && Holds(undo, cell));

    private bool Holds((RunId Undo, RunId Target, ChangeScope Scope) undo, Cell cell) =>
        undo.Scope.Contains(cell.Account, cell.Product, cell.Date, cell.Dimension) && !IsUndone(undo.Undo, cell);
}
