using Usage.Core.Changes;
using Usage.Core.Ids;

namespace Usage.Storage.Changes;

/// <summary>What an undo takes back: decided when it is asked for.</summary>
/// <param name="Target">The run that it takes back.</param>
/// <param name="Scope">Of the target, as it was asked for.</param>
/// <param name="Root">The run whose writes are undone, or stand again: the target, or what a chain of undos began with.</param>
/// <param name="Path">From the root's undo to the target; none where the target is the root.</param>
/// <param name="Within">What of the root's writes is meant: no more than any of the chain's scopes.</param>
public sealed record UndoPlan(RunId Target, ChangeScope Scope, RunId Root, IReadOnlyList<RunId> Path, ChangeScope Within)
{
    /// <summary>Children that go with the root, in the order of their turns.</summary>
    public IReadOnlyList<RunId> Children { get; init; } = [];

    /// <summary>All runs whose writes are undone, or stand again.</summary>
    // A method, since plans are kept.
    public IReadOnlyList<RunId> Roots() => [Root, .. Children];

    /// <summary>It undoes an undo, so that writes count again.</summary>
    public bool StandsAgain() => Path.Count % 2 == 1;

    /// <summary>What is named as undone: an undo that is undone itself brings back all that it took.</summary>
    public IReadOnlyList<RunId> Targets() => Path.Count == 0 ? Roots() : [Target];
}

/// <summary>The plans of undos, kept beside their runs.</summary>
public sealed class UndoPlans(Runs.RunBlobs blobs)
{
    internal const string Name = Runs.RunBlobs.Changes + "undo.json";

    public Task AddAsync(RunId undo, UndoPlan plan, CancellationToken cancellationToken) =>
        blobs.AddJsonAsync(undo, Name, plan, cancellationToken);

    /// <returns>Null: the run is no undo, or its details are gone.</returns>
    public Task<UndoPlan?> FindAsync(RunId undo, CancellationToken cancellationToken) =>
        blobs.FindJsonAsync<UndoPlan>(undo, Name, cancellationToken);

    public async Task<UndoPlan> GetAsync(RunId undo, CancellationToken cancellationToken) =>
        await FindAsync(undo, cancellationToken)
        ?? throw new InvalidOperationException($"run {undo} has no plan; that is decided when it is asked for");

    /// <param name="target">That is to be undone.</param>
    /// <param name="scope">Of it.</param>
    /// <param name="children">That go with it, where it is no undo itself.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null: nothing of the target is within the scope, or its details are gone.</returns>
    public async Task<UndoPlan?> MakeAsync(
        RunId target, ChangeScope scope, IReadOnlyList<RunId> children, CancellationToken cancellationToken)
    {
        if (await FindAsync(target, cancellationToken) is not { } undone)
            return new UndoPlan(target, scope, target, [], scope) { Children = children };
        return undone.Within.And(scope) is { } within
            ? new UndoPlan(target, scope, undone.Root, [.. undone.Path, target], within) { Children = undone.Children } : null;
    }
}
