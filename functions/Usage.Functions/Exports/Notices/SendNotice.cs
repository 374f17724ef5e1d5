using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Usage.Core.Runs;
using Usage.Storage.Integrations;
using Usage.Storage.Runs;

namespace Usage.Functions.Exports.Notices;

public sealed class SendNotice(RunStore runs, IntegrationStore integrations, NoticeSender sender, ILogger<SendNotice> logger)
{
    public sealed record Input(RunId Run);

    /// <exception cref="ExportException">The receiver didn't take it; the orchestration tries again.</exception>
    [Function(nameof(SendNotice))]
    public async Task RunAsync([ActivityTrigger] Input input, CancellationToken cancel)
    {
        // A run that was purged, or an integration that tells nobody any more, needs no notice.
        if ((await runs.FindAsync(input.Run, cancel))?.Run is not { Integration: { } integration } run) return;
        if ((await integrations.GetAsync(integration, cancel))?.Value.Notify is not { } notify) return;
        try
        {
            await sender.SendAsync(notify, run, cancel);
            logger.Taken(run.Id, integration);
        }
        catch (ExportException failed)
        {
            logger.NotTaken(run.Id, integration, failed.Message);
            throw;
        }
    }
}
