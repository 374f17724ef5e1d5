using System.Globalization;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Outbound;
using Usage.Functions.Pulls.Downloads;
using Usage.Functions.Settings;
using Usage.Storage.Pulls;

namespace Usage.Functions.Pulls;

/// <summary>Starts pulls: one at a time for an integration, and one for a scheduled time however often that is looked at.</summary>
public sealed class PullStarter(PullStore pulls, PullOptions options, UsageOptions usage, TimeProvider clock)
{
    /// <summary>Starts the pull of the latest scheduled time that has passed; those missed before it count as done with it.</summary>
    /// <returns>The instance that was started; null when nothing is due, or the last pull is still at work (what it delays is caught up
    /// after it).</returns>
    public async Task<string?> StartDueAsync(DurableTaskClient client, Integration integration, CancellationToken cancellationToken)
    {
        if (integration.Source is not { } source || !PullSchedule.TryParse(source.Schedule, out var schedule, out _)) return null;
        var now = clock.GetUtcNow();
        var record = await pulls.FindAsync(integration.Id, cancellationToken);
        if (record?.Schedule != source.Schedule)
        {
            // A schedule that is new owes nothing from before.
            await pulls.ChangeAsync(integration.Id, before => before with { Schedule = source.Schedule, DoneUntil = now },
                cancellationToken);
            return null;
        }

        if (schedule.LatestDue(record.DoneUntil, now, usage.GetZone()) is not { } due
            || await FindLiveAsync(client, record, cancellationToken) is not null)
            return null;
        var id = Id(integration.Id, TimeZoneInfo.ConvertTime(due, usage.GetZone()).DateTime);
        // First the start, then the note: a crash in between looks again and finds the instance.
        if (await client.GetInstanceAsync(id, cancellationToken) is null)
            await ScheduleAsync(client, id, integration.Id, now, cancellationToken);
        await pulls.ChangeAsync(integration.Id, before => Started(before, id) with { DoneUntil = due }, cancellationToken);
        return id;
    }

    /// <summary>Starts a pull, or ends the pause of one that failed and waits.</summary>
    public async Task<PullStatus> StartNowAsync(DurableTaskClient client, IntegrationId integration, CancellationToken cancellationToken)
    {
        if (await FindLiveAsync(client, await pulls.FindAsync(integration, cancellationToken), cancellationToken) is { } live)
        {
            await client.RaiseEventAsync(live, PullFile.NowEvent, "now", cancellationToken);
            return PullStatus.Running;
        }

        var now = clock.GetUtcNow();
        var id = Id(integration, TimeZoneInfo.ConvertTime(now, usage.GetZone()).DateTime);
        // One that began in this same second and has ended already is not the one that is asked for.
        while (await client.GetInstanceAsync(id, cancellationToken) is { IsCompleted: true })
        {
            now = now.AddSeconds(1);
            id = Id(integration, TimeZoneInfo.ConvertTime(now, usage.GetZone()).DateTime);
        }

        if (await client.GetInstanceAsync(id, cancellationToken) is null)
            await ScheduleAsync(client, id, integration, now, cancellationToken);
        await pulls.ChangeAsync(integration, before => Started(before, id), cancellationToken);
        return PullStatus.Queued;
    }

    private static PullRecord Started(PullRecord before, string id) =>
        before.Instance == id ? before : before with { Instance = id, State = before.State with { Status = PullStatus.Queued } };

    private static async Task<string?> FindLiveAsync(DurableTaskClient client, PullRecord? record, CancellationToken cancellationToken) =>
        record?.Instance is { } id && await client.GetInstanceAsync(id, cancellationToken) is { IsCompleted: false } ? id : null;

    private async Task ScheduleAsync(
        DurableTaskClient client, string id, IntegrationId integration, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(PullFile), new PullFile.Input(integration, PullStamp.Of(now), options.GetRounds()),
                new StartOrchestrationOptions(id), cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Someone else may have started it in the same moment; anything else goes up.
            if (await client.GetInstanceAsync(id, cancellationToken) is null) throw;
        }
    }

    private static string Id(IntegrationId integration, DateTime local) =>
        $"pull-{integration}-{local.ToString(PullStamp.Format, CultureInfo.InvariantCulture)}";
}
