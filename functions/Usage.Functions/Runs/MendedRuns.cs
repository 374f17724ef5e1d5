using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Storage.Changes;
using Usage.Storage.Runs;

namespace Usage.Functions.Runs;

/// <summary>Runs with what their replays and fixes have mended, counted whenever they are shown: an undo may have changed it.</summary>
public sealed class MendedRuns(RunStore runs, UndoStore undos)
{
    private const int AtOnce = 8;

    /// <param name="shown">As they are stored.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<Run>> OfAsync(IReadOnlyList<Run> shown, CancellationToken cancellationToken)
    {
        var counted = shown.ToArray();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, counted.Length).Where(i => counted[i].Children.Count > 0),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (i, cancellationToken) => counted[i] = await OfAsync(counted[i], cancellationToken));
        return counted;
    }

    public async Task<Run> OfAsync(Run run, CancellationToken cancellationToken)
    {
        var mended = run.Mended;
        foreach (var child in run.Children)
        {
            if (await FindAsync(child, cancellationToken) is not { } counts) continue;
            mended = new MendedCounts(mended.Rows + counts.Rows, mended.Values + counts.Values);
        }

        // Of a run whose file couldn't be planned nobody has counted the rows.
        if (run.IsUndecided()) return run with { Mended = mended };
        // Several may have mended the same row. Of a run that was refused all rows are taken up.
        var most = run.Status == RunStatus.Failed ? run.Rows.Read : run.Rows.Rejected();
        return run with { Mended = mended with { Rows = Math.Min(mended.Rows, most) } };
    }

    /// <returns>Null: the child mends nothing, or not any more.</returns>
    private async Task<MendedCounts?> FindAsync(RunId child, CancellationToken cancellationToken)
    {
        if ((await runs.FindAsync(child, cancellationToken))?.Run is not { Kind: RunKind.Replay or RunKind.Fix } run) return null;
        // The rows of one that was cut short are only what they would have been.
        if (run.Status is not (RunStatus.Succeeded or RunStatus.PartiallySucceeded)) return null;
        if ((await undos.OfAsync(child, cancellationToken)).IsWhole) return null;
        var rows = run.Rows;
        return new MendedCounts(rows.Recorded + rows.Partial + rows.Empty + rows.Superseded, run.Changes.New + run.Changes.Changed);
    }
}
