using Microsoft.DurableTask.Client;
using Usage.Functions.Mending;
using Usage.Storage.Unmatched;

namespace Usage.Functions.Unmatched;

/// <summary>Starts what writes a resolution, and waits a little for it, so that whoever asks next sees it.</summary>
public sealed class ResolveStarter(WaitingRuns waiting)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <returns>What came of it; where that takes longer, what will.</returns>
    public async Task<ResolveIdentifier.Output> StartAsync(
        DurableTaskClient client, ResolveIdentifier.Input input, CancellationToken cancellationToken)
    {
        // Before anything is done: who waits now is replayed for sure.
        var resolution = input.Resolution;
        var runs = resolution.Account is null
            ? [] : await waiting.OfKeyAsync(resolution.Integration, resolution.By, resolution.Key, cancellationToken);
        var instance = await client.ScheduleNewOrchestrationInstanceAsync(nameof(ResolveIdentifier), input, cancellationToken);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var ended = await client.WaitForInstanceCompletionAsync(instance, getInputsAndOutputs: true, patience.Token);
            if (ended.RuntimeStatus == OrchestrationRuntimeStatus.Completed && ended.ReadOutputAs<ResolveIdentifier.Output>() is { } done)
                return done;
        }
        catch (Exception) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // It goes on without anybody who waits.
        }

        return new ResolveIdentifier.Output([.. runs.Select(one => Replays.IdOf(one.Run, resolution))], []);
    }
}
