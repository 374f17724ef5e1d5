using Usage.Core.Changes;
using Usage.Core.Children;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Storage.Accounts;
using Usage.Storage.Changes;
using Usage.Storage.Children;
using Usage.Storage.Runs;

namespace Usage.Functions.Children;

/// <summary>
/// Finds which replays and fixes go with an undo: all of the run's own, and of a replay or fix those after it that merged rows of its.
/// </summary>
public sealed class UndoneChildren(RunStore runs, RunLogs logs, UndoStore undos, ChildFiles children, Roster roster)
{
    /// <summary>The replays and fixes of a run that wrote and aren't undone as a whole, in the order of their turns.</summary>
    public async Task<IReadOnlyList<RunId>> StandingAsync(Run root, CancellationToken cancellationToken)
    {
        var standing = new List<RunId>();
        foreach (var child in root.Children)
            if (await runs.FindAsync(child, cancellationToken) is { Run.Kind: RunKind.Replay or RunKind.Fix }
                && await logs.FindIndexAsync(child, cancellationToken) is { Pieces.Count: > 0 }
                && !(await undos.OfAsync(child, cancellationToken)).IsWhole) standing.Add(child);
        return standing;
    }

    /// <param name="run">That is to be undone.</param>
    /// <param name="scope">Of it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<RunId>> FollowAsync(Run run, ChangeScope scope, CancellationToken cancellationToken)
    {
        if (run.Kind == RunKind.Import) return await StandingAsync(run, cancellationToken);
        if (run.Kind is not (RunKind.Replay or RunKind.Fix) || run.Parent is not { } root
            || await children.FindTouchedAsync(run.Id, cancellationToken) is not { } touched) return [];
        var siblings = await StandingAsync((await runs.GetAsync(root, cancellationToken)).Run, cancellationToken);
        var account = scope.Account is { } id ? (await roster.GetAsync(cancellationToken)).Find(id)?.Ordinal : null;
        var following = new List<RunId>();
        foreach (var later in siblings.SkipWhile(sibling => sibling != run.Id).Skip(1))
            if (await children.FindTouchedAsync(later, cancellationToken) is { } its && Meets(touched, its, account)) following.Add(later);
        return following;
    }

    private static bool Meets(TouchedAccounts one, TouchedAccounts other, int? account) =>
        account is { } ordinal ? one.Has(ordinal) && other.Has(ordinal) : one.Meets(other);
}
