using Usage.Core.Changes;
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
    /// <param name="Wrote">Something.</param>
    public sealed record Standing(Run Run, bool Wrote);

    /// <summary>The replays and fixes of a run that aren't undone as a whole, in the order of their turns.</summary>
    public async Task<IReadOnlyList<Standing>> StandingAsync(Run root, CancellationToken cancellationToken)
    {
        var standing = new List<Standing>();
        foreach (var child in root.Children)
            if (await runs.FindAsync(child, cancellationToken) is { Run: { StartedAt: not null } run }
                && run.IsChild() && !(await undos.OfAsync(child, cancellationToken)).IsWhole)
                standing.Add(new Standing(run, await logs.FindIndexAsync(child, cancellationToken) is { Pieces.Count: > 0 }));
        return [.. standing.OrderBy(child => child.Run.StartedAt)];
    }

    /// <param name="run">That is to be undone.</param>
    /// <param name="scope">Of it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<RunId>> FollowAsync(Run run, ChangeScope scope, CancellationToken cancellationToken)
    {
        if (run.IsRoot()) return await WrittenAsync(run, cancellationToken);
        if (!run.IsChild() || run.Parent is not { } root
            || await children.FindTouchedAsync(run.Id, cancellationToken) is not { } touched) return [];
        var siblings = await WrittenAsync((await runs.GetAsync(root, cancellationToken)).Run, cancellationToken);
        var account = scope.Account is { } id ? (await roster.GetAsync(cancellationToken)).Find(id)?.Ordinal : null;
        var following = new List<RunId>();
        foreach (var later in siblings.SkipWhile(sibling => sibling != run.Id).Skip(1))
            if (await children.FindTouchedAsync(later, cancellationToken) is { } its && Meets(touched, its, account)) following.Add(later);
        return following;
    }

    private async Task<IReadOnlyList<RunId>> WrittenAsync(Run root, CancellationToken cancellationToken) =>
        [.. (await StandingAsync(root, cancellationToken)).Where(child => child.Wrote).Select(child => child.Run.Id)];

    private static bool Meets(TouchedAccounts one, TouchedAccounts other, int? account) =>
        account is { } ordinal ? one.Has(ordinal) && other.Has(ordinal) : one.Meets(other);
}
