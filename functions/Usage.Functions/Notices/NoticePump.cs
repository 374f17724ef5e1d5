using Azure;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Usage.Core.Ids;
using Usage.Functions.Outbound;

namespace Usage.Functions.Notices;

/// <summary>Sends a notice at once, one time. What isn't taken stays on record, and the timer sees to it.</summary>
public sealed partial class NoticePump(RunNotices notices, SendNotice send, ILogger<NoticePump> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (run, integration) in notices.Fresh.ReadAllAsync(stoppingToken))
        {
            try
            {
                await send.RunAsync(new SendNotice.Input(run), stoppingToken);
            }
            catch (Exception failed) when (failed is OutboundException or RequestFailedException or AggregateException)
            {
                LogLater(run, integration, failed.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The notice of run {Run} of {Integration} is sent again within two minutes: {Reason}")]
    private partial void LogLater(RunId run, IntegrationId integration, string reason);
}
