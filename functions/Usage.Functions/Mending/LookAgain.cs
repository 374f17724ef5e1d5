using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Usage.Core.Ids;
using Usage.Functions.Imports.Ending;
using Usage.Functions.Runs;
using Usage.Storage.Runs;

namespace Usage.Functions.Mending;

/// <summary>Replays a run that has ended for what was said of its identifiers while it was at work.</summary>
public sealed class LookAgain(RunStore runs, ResolvedMeanwhile resolved, Replays replays)
{
    [Function(RunScheduler.LookAgain)]
    public async Task RunAsync(
        [ActivityTrigger] RunId run, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var ended = (await runs.GetAsync(run, cancellationToken)).Run;
        foreach (var resolution in await resolved.MeanwhileAsync(ended, cancellationToken))
            await replays.StartAsync(client, run, resolution, resolution.Author, cancellationToken);
    }
}
