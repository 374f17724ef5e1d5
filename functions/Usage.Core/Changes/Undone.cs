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

    /// <summary>As it is with a further undo, wherever what that undoes stands.</summary>
    /// <param name="run">Whose writes these are about.</param>
    /// <param name="targets">The runs that are undone further: the run itself, or who undid something of it.</param>
    public Undone With(RunId run, IReadOnlyList<RunId> targets, By further)
    {
        var undos = Undos.Select(by => by with { Itself = by.Itself.With(by.Run, targets, further) });
        return new Undone(targets.Contains(run) ? [.. undos, further] : [.. undos]);
    }

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
