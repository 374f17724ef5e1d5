using Usage.Core.Integrations;
using Usage.Core.Runs;
using Usage.Storage.Imports;
using Usage.Storage.Runs;

namespace Usage.Functions.Imports;

/// <summary>Finds files that arrived before another one and that nobody has heard of yet: their events are late or lost.</summary>
public sealed class LateDrops(DropStore drops, RunStore runs)
{
    /// <param name="integration">Whose folder is looked through.</param>
    /// <param name="run">The file that the others came before.</param>
    /// <param name="within">How much earlier.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<IReadOnlyList<Drop>> FindAsync(IntegrationId integration, QueuedRun run, TimeSpan within, CancellationToken cancel)
    {
        var from = run.ArrivedAt - within;
        var earlier = new Dictionary<RunId, Drop>();
        await foreach (var drop in drops.ListAsync(integration.Value, cancel))
            if (drop.ArrivedAt >= from && WaitingRuns.Compare(Turns.Waiting(ImportScheduler.IdOf(drop), drop), run) < 0) earlier[ImportScheduler.IdOf(drop)] = drop;
        if (earlier.Count == 0) return [];
        foreach (var known in await runs.ArrivedAsync(integration, from, run.ArrivedAt, cancel)) earlier.Remove(known);
        return [.. earlier.Values];
    }
}
