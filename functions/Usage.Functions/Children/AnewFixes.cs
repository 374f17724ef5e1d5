using Usage.Core.Runs;
using Usage.Storage.Changes;
using Usage.Storage.Runs;

namespace Usage.Functions.Children;

/// <summary>Fixes that took the whole file of a run which couldn't be planned: further ones of that run follow from them.</summary>
public sealed class AnewFixes(RunStore runs, UndoneChildren children, UndoStore undos)
{
    /// <param name="import">Whose file it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Those that are at work, and those by which something is recorded, in the order in which they were asked for.</returns>
    public async Task<IReadOnlyList<StoredRun>> StandingAsync(Run import, CancellationToken cancellationToken)
    {
        var standing = new List<StoredRun>();
        foreach (var child in import.Children)
            if (await runs.FindAsync(child, cancellationToken) is { Run.PlansAnew: true } fix
                && await StandsAsync(fix.Run, cancellationToken))
                standing.Add(fix);
        return standing;
    }

    private async Task<bool> StandsAsync(Run fix, CancellationToken cancellationToken)
    {
        if (!fix.HasEnded()) return true;
        if ((await undos.OfAsync(fix.Id, cancellationToken)).IsWhole) return false;
        // One that was refused may have been recorded whole by a replay or fix of its own.
        return fix.Values > 0 || fix.Status is RunStatus.Succeeded or RunStatus.PartiallySucceeded
            || (await children.StandingAsync(fix, cancellationToken)).Any(child => child.Wrote);
    }
}
