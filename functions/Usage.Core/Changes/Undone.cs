using Usage.Core.Ids;

namespace Usage.Core.Changes;

/// <summary>What of a run's writes counts as undone.</summary>
public sealed record Undone(IReadOnlyList<Undone.By> Undos)
{
    public static Undone Nothing { get; } = new([]);

    /// <summary>All of the run's writes are.</summary>
    public bool IsWhole => Undos.Any(by => by.Scope == ChangeScope.All && !by.Itself.IsWhole);

    /// <param name="Run">The undo.</param>
    /// <param name="Itself">What was undone of it in turn.</param>
    public sealed record By(RunId Run, ChangeScope Scope, Undone Itself);

    /// <summary>As it is without an undo, wherever it stands.</summary>
    public Undone Without(RunId undo) =>
        new([.. Undos.Where(by => by.Run != undo).Select(by => by with { Itself = by.Itself.Without(undo) })]);

    /// <summary>As it is with a further undo.</summary>
    /// <param name="path">Undos of undos: the first of them is undone itself, and so on. None: the run's own writes are.</param>
    public Undone With(IReadOnlyList<RunId> path, By further) => path.Count == 0
        ? new Undone([.. Undos, further])
        : new Undone(
            [.. Undos.Select(by => by.Run == path[0] ? by with { Itself = by.Itself.With([.. path.Skip(1)], further) } : by)]);

    /// <returns>The latest undo that holds for a value; null: the run's write stands.</returns>
    public RunId? Find(AccountId account, ProductId product, DateOnly date, DimensionId dimension)
    {
        RunId? latest = null;
        foreach (var undo in Undos)
        {
            if (!undo.Scope.Contains(account, product, date, dimension)) continue;
            if (undo.Itself.Find(account, product, date, dimension) is not null) continue;
            if (latest is null || string.CompareOrdinal(undo.Run.Value, latest.Value.Value) > 0) latest = undo.Run;
        }

        return latest;
    }
}
