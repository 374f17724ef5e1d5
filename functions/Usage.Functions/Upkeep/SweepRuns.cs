using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Usage.Storage.Runs;

namespace Usage.Functions.Upkeep;

/// <summary>Goes through the runs that haven't ended and haven't changed for a while.</summary>
public sealed class SweepRuns(RunCensus census, Standstill standstill, UpkeepOptions options)
{
    [Function(nameof(SweepRuns))]
    public async Task RunAsync(
        [ActivityTrigger] UpkeepInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        await foreach (var run in census.UnchangedSinceAsync(input.At.AddMinutes(-options.StandstillMinutes), cancellationToken))
            await standstill.SeeToAsync(client, run.Id, input.At - run.ChangedAt, cancellationToken);
    }
}
