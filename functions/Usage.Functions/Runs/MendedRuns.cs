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
        var (mended, read) = (run.Mended, run.Rows.Read);
        foreach (var id in run.Children)
        {
            if (await FindAsync(id, cancellationToken) is not var (child, counts)) continue;
            // A fix that planned the file anew has fixes of its own, of what it has rejected still.
            var further = child.PlansAnew ? (await OfAsync(child, cancellationToken)).Mended : child.Mended;
            mended = new MendedCounts(mended.Rows + counts.Rows + further.Rows, mended.Values + counts.Values + further.Values);
            read = Math.Max(read, child.Rows.Read);
        }

        // Several may have mended the same row. Of a run that was refused all rows are taken up; of one whose file couldn't be planned its
        // fixes have counted them first.
        var most = run.Status == RunStatus.Failed ? read : run.Rows.Rejected();
        return run with { Mended = mended with { Rows = Math.Min(mended.Rows, most) } };
    }

    /// <returns>Null: the child mends nothing, or not any more.</returns>
    private async Task<(Run Child, MendedCounts Counts)?> FindAsync(RunId child, CancellationToken cancellationToken)
    {
        if ((await runs.FindAsync(child, cancellationToken))?.Run is not { Kind: RunKind.Replay or RunKind.Fix } run) return null;
        // The rows of one that was cut short are only what they would have been.
        if (run.Status is not (RunStatus.Succeeded or RunStatus.PartiallySucceeded)) return null;
        if ((await undos.OfAsync(child, cancellationToken)).IsWhole) return null;
        var rows = run.Rows;
        return (run, new MendedCounts(
            rows.Recorded + rows.Partial + rows.Empty + rows.Superseded, run.Changes.New + run.Changes.Changed));
    }
}
