using Usage.Core.Ids;

namespace Usage.Functions.Changes.TakingBack;

/// <summary>What of a run is to be undone; all of it where nothing is named.</summary>
public sealed record UndoBody
{
    public AccountId? Account { get; init; }

    public ProductId? Product { get; init; }

    public DateOnly? Date { get; init; }

    public DimensionId? Dimension { get; init; }
}

/// <param name="Reversed">Values that go back to what was written before.</param>
/// <param name="Removed">Values that are taken away, since nothing was written before.</param>
/// <param name="Kept">Values that stay, since a later run wrote them.</param>
/// <param name="Children">Runs that are undone with it.</param>
public sealed record UndoPreview(long Reversed, long Removed, IReadOnlyList<KeptByRun> Kept, IReadOnlyList<RunId> Children);

public sealed record KeptByRun(RunId Run, long Count);
