using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Usage.Core.Ids;
using Usage.Storage.Integrations;

namespace Usage.Functions.Pulls;

/// <summary>Looks every minute which sources are due. What was missed while nothing ran is in the pulls' own records.</summary>
public sealed partial class PullTimer(IntegrationStore integrations, PullStarter starter, ILogger<PullTimer> logger)
{
    [Function("StartDuePulls")]
    public async Task RunAsync(
        [TimerTrigger("0 * * * * *", UseMonitor = false)] TimerInfo timer, [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        foreach (var integration in await integrations.ListAsync(cancellationToken))
        {
            try
            {
                if (await starter.StartDueAsync(client, integration, cancellationToken) is { } instance)
                    LogStarted(integration.Id, instance);
            }
            catch (Exception failed) when (!cancellationToken.IsCancellationRequested)
            {
                // The other sources are due too; this one still is in a minute.
                LogFailed(failed, integration.Id);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "The pull of {Integration} is due and started as {Instance}")]
    private partial void LogStarted(IntegrationId integration, string instance);

    [LoggerMessage(LogLevel.Error, "The pull of {Integration} could not be started; it is tried again in a minute")]
    private partial void LogFailed(Exception error, IntegrationId integration);
}
