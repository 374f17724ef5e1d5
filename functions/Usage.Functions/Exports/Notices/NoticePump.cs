using Azure;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Usage.Core.Ids;

namespace Usage.Functions.Exports.Notices;

/// <summary>Sends a notice at once, one time. What isn't taken stays on record, and the timer sees to it.</summary>
public sealed partial class NoticePump(RunNotices notices, NoticeSender sender, ILogger<NoticePump> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (run, integration) in notices.Fresh.ReadAllAsync(stoppingToken))
        {
            try
            {
                await sender.SendAsync(run, stoppingToken);
            }
            catch (Exception failed) when (failed is ExportException or RequestFailedException or AggregateException)
            {
                LogLater(run, integration, failed.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The notice of run {Run} of {Integration} is sent again within two minutes: {Reason}")]
    private partial void LogLater(RunId run, IntegrationId integration, string reason);
}
