using Usage.Core.Files;
using Usage.Core.Snapshots.Rows;
using Usage.Storage.Runs;

namespace Usage.Storage.Imports.Rows;

/// <summary>Loads what some rows of an ended run are read again from: as few and as short stretches of its file as hold them.</summary>
public sealed class RowStretches(RowFiles files, RunTexts texts)
{
    private const int AtOnce = 8;

    /// <summary>Rows between which about so many bytes lie are loaded together: that costs less than another request.</summary>
    private const int Near = 64 << 10;

    /// <param name="rows">In order, each once.</param>
    /// <returns>In order; rows of which nothing is kept are in none.</returns>
    public async Task<IReadOnlyList<RowStretch>> LoadAsync(
        StoredRun stored, FilePlan plan, IEnumerable<long> rows, CancellationToken cancellationToken)
    {
        var wanted = Join(plan, rows);
        var found = new RowStretch?[wanted.Count];
        await Parallel.ForAsync(0, wanted.Count,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (place, cancellationToken) => found[place] = await LoadAsync(stored, plan, wanted[place], cancellationToken));
        return [.. found.OfType<RowStretch>()];
    }

    private async Task<RowStretch?> LoadAsync(StoredRun stored, FilePlan plan, Wanted wanted, CancellationToken cancellationToken)
    {
        var run = stored.Run.Id;
        if (await files.FindAsync(run, wanted.Batch, wanted.First, wanted.Last, cancellationToken) is not { } kept) return null;
        var text = new byte[kept.Range.Length];
        var erased = await texts.ReadAsync(stored, plan, kept.Range, text, cancellationToken);
        var several = RowTable.HasSeveral(kept.Accounts)
            ? await files.SeveralAsync(run, wanted.Batch.Index, cancellationToken) : [];
        return new RowStretch(kept.Range, text, kept.Accounts, several) { Erased = erased };
    }

    private static List<Wanted> Join(FilePlan plan, IEnumerable<long> rows)
    {
        var (wanted, batch) = (new List<Wanted>(), 0);
        foreach (var row in rows)
        {
            while (batch < plan.Batches.Count && row >= plan.Batches[batch].FirstRow + plan.Batches[batch].Rows) batch++;
            if (batch == plan.Batches.Count) break;
            if (wanted is [.., var last] && last.Batch == plan.Batches[batch]
                && (row - last.Last) * last.Batch.Length / last.Batch.Rows <= Near)
                wanted[^1] = last with { Last = row };
            else wanted.Add(new Wanted(plan.Batches[batch], row, row));
        }

        return wanted;
    }

    private readonly record struct Wanted(BatchRange Batch, long First, long Last);
}
