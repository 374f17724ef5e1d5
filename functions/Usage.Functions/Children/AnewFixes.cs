using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Storage.Changes;
using Usage.Storage.Runs;
using Usage.Storage.Unmatched;

namespace Usage.Functions.Children;

/// <summary>Fixes that took the whole file of a run which couldn't be planned: further ones of that run follow from them.</summary>
public sealed class AnewFixes(RunStore runs, UndoneChildren children, UndoStore undos, WaitingRuns waiting)
{
    /// <param name="import">Whose file it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Those that are at work, and those by which something is recorded, in the order in which they were asked for.</returns>
    public Task<IReadOnlyList<StoredRun>> StandingAsync(Run import, CancellationToken cancellationToken) =>
        StandingAsync(import, ending: null, cancellationToken);

    /// <summary>Another fix of the same run by which its file is recorded, so that this one can't be.</summary>
    public async Task<RunId?> RecordedAsync(Run fix, CancellationToken cancellationToken)
    {
        if (await ImportOfAsync(fix, cancellationToken) is not { } import) return null;
        return (await StandingAsync(import, cancellationToken))
            .FirstOrDefault(other => other.Run.Id != fix.Id && other.Run.HasEnded())?.Run.Id;
    }

    /// <summary>
    /// Of the fixes of one run one has its file: that by which it is recorded; as long as it isn't, one that is at work, or else the last
    /// of which rows were read and refused. Rows of the others wait for nothing, and aren't taken up.
    /// </summary>
    /// <returns>Null: this one has it, or is no such fix.</returns>
    public Task<RunId?> OtherAsync(Run fix, CancellationToken cancellationToken) => OtherAsync(fix, ending: null, cancellationToken);

    private async Task<RunId?> OtherAsync(Run fix, Run? ending, CancellationToken cancellationToken)
    {
        if (await ImportOfAsync(fix, cancellationToken) is not { } import) return null;
        var standing = await StandingAsync(import, ending, cancellationToken);
        var recorded = standing.Where(other => other.Run.HasEnded()).ToList();
        var having = recorded.Count > 0 ? recorded : standing;
        if (having is [.., var latest]) return having.Any(other => other.Run.Id == fix.Id) ? null : latest.Run.Id;
        RunId? last = null;
        foreach (var child in import.Children)
            if (await FindAsync(child, ending, cancellationToken) is { Run.PlansAnew: true } other && other.Run.IsRefused()
                && !(await undos.OfAsync(child, cancellationToken)).IsWhole) last = child;
        return last == fix.Id ? null : last;
    }

    /// <summary>Brings up to date what waits of all fixes of a run, once another one has its file.</summary>
    /// <param name="ended">It, as its record will be.</param>
    public async Task UpdateWaitingAsync(Run ended, CancellationToken cancellationToken)
    {
        if (await ImportOfAsync(ended, cancellationToken) is not { } import) return;
        foreach (var child in import.Children.Where(child => child != ended.Id))
            if (await runs.FindAsync(child, cancellationToken) is { Run: { PlansAnew: true } other } && other.HasEnded())
            {
                if (await OtherAsync(other, ended, cancellationToken) is null) await waiting.UpdateAsync(other, cancellationToken);
                else await waiting.RemoveAsync(other, cancellationToken);
            }
    }

    private async Task<IReadOnlyList<StoredRun>> StandingAsync(Run import, Run? ending, CancellationToken cancellationToken)
    {
        var standing = new List<StoredRun>();
        foreach (var child in import.Children)
            if (await FindAsync(child, ending, cancellationToken) is { Run.PlansAnew: true } fix
                && await StandsAsync(fix.Run, cancellationToken))
                standing.Add(fix);
        return standing;
    }

    private async Task<StoredRun?> FindAsync(RunId id, Run? ending, CancellationToken cancellationToken) =>
        await runs.FindAsync(id, cancellationToken) is { } found ? id == ending?.Id ? found with { Run = ending } : found : null;

    /// <returns>Null: the run plans no file anew.</returns>
    private async Task<Run?> ImportOfAsync(Run fix, CancellationToken cancellationToken) =>
        fix is { PlansAnew: true, Parent: { } parent } ? (await runs.FindAsync(parent, cancellationToken))?.Run : null;

    private async Task<bool> StandsAsync(Run fix, CancellationToken cancellationToken)
    {
        if (!fix.HasEnded()) return true;
        if ((await undos.OfAsync(fix.Id, cancellationToken)).IsWhole) return false;
        // One that was refused may have been recorded whole by a replay or fix of its own.
        return fix.Values > 0 || fix.Status is RunStatus.Succeeded or RunStatus.PartiallySucceeded
            || (await children.StandingAsync(fix, cancellationToken)).Any(child => child.Wrote);
    }
}
