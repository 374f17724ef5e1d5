using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Usage.Core.Integrations;
using Usage.Core.Runs;
using Usage.Functions.Imports.Steps;
using Usage.Functions.Settings;
using Usage.Storage.Imports;
using Usage.Storage.Runs;

namespace Usage.Functions.Imports;

/// <summary>
/// The order of an integration's files: by arrival, then name. Who is first has the turn. A run that has ended, or whose orchestration
/// is dead, is seen to by whoever waits behind it; one that was never started is started.
/// </summary>
public sealed partial class Turns(
    WaitingRuns waiting, RunStore runs, LateDrops late, ImportScheduler scheduler, EndStep end, UsageOptions options, ILogger<Turns> logger)
{
    public enum State { Taken, Waiting, Ended }

    public sealed record Output(State State)
    {
        public static Output Over { get; } = new(State.Ended);

        /// <summary>The run to wake.</summary>
        public RunId? Next { get; init; }
    }

    public static QueuedRun Waiting(RunId run, Drop drop) => new(run, drop.Path, drop.ETag, drop.ArrivedAt, drop.Force);

    /// <summary>Gets in line, behind every earlier file, those included whose events are late.</summary>
    public async Task<Output> EnterAsync(DurableTaskClient client, IntegrationId integration, QueuedRun run, CancellationToken cancel)
    {
        await waiting.AddAsync(integration, run, cancel);
        foreach (var drop in await late.FindAsync(integration, run, TimeSpan.FromHours(options.LateEventHours), cancel))
        {
            LogLate(run.Run, integration, drop.Path);
            await waiting.AddAsync(integration, Waiting(ImportScheduler.IdOf(drop), drop), cancel);
            await scheduler.ScheduleAsync(client, drop, cancel);
        }

        return await TakeAsync(client, integration, run, cancel);
    }

    public async Task<Output> TakeAsync(DurableTaskClient client, RunId id, CancellationToken cancel)
    {
        var stored = await runs.GetAsync(id, cancel);
        if (stored.Run.HasEnded()) return Output.Over;
        if (stored.CancelRequested) return new Output(State.Ended) { Next = (await end.CancelAsync(id, cancel)).Next };
        return await TakeAsync(client, stored.Run.Integration!.Value, Waiting(stored), cancel);
    }

    public static QueuedRun Waiting(StoredRun stored) =>
        new(stored.Run.Id, stored.Source.Blob, stored.Source.ETag, stored.Run.ArrivedAt, stored.Source.Force);

    private async Task<Output> TakeAsync(DurableTaskClient client, IntegrationId integration, QueuedRun run, CancellationToken cancel)
    {
        foreach (var earlier in await waiting.BeforeAsync(integration, run, cancel))
        {
            if (!await HasEndedAsync(client, earlier, cancel)) return new Output(State.Waiting);
            await waiting.RemoveAsync(integration, earlier, cancel);
        }

        return new Output(State.Taken);
    }

    private async Task<bool> HasEndedAsync(DurableTaskClient client, QueuedRun earlier, CancellationToken cancel)
    {
        var stored = await runs.FindAsync(earlier.Run, cancel);
        if (stored?.Run.HasEnded() == true) return true;
        var instance = await client.GetInstanceAsync(earlier.Run.Value, getInputsAndOutputs: false, cancel);
        if (instance is { IsCompleted: false }) return false;
        if (instance is null || stored is null)
            await scheduler.ScheduleAsync(client, new Drop(earlier.Blob, earlier.ETag, earlier.ArrivedAt, earlier.Force), cancel);
        else
            await scheduler.GiveUpAsync(client, stored, instance.RuntimeStatus, cancel);
        return false;
    }

    [LoggerMessage(LogLevel.Information, "Run {Run} of {Integration} waits for {Blob}, which arrived before it and whose event is late")]
    private partial void LogLate(RunId run, IntegrationId integration, string blob);
}
