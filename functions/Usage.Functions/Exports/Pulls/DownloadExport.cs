using Microsoft.Azure.Functions.Worker;
using Usage.Core.Ids;
using Usage.Core.Outbound;
using Usage.Functions.Exports.Downloads;
using Usage.Storage.Exports;
using Usage.Storage.Integrations;

namespace Usage.Functions.Exports.Pulls;

public sealed class DownloadExport(IntegrationStore integrations, PullStore pulls, ExportDownload download)
{
    public sealed record Input(IntegrationId Integration, string Stamp);

    [Function(nameof(DownloadExport))]
    public async Task<DownloadOutcome> RunAsync([ActivityTrigger] Input input, CancellationToken cancel)
    {
        if (await integrations.GetAsync(input.Integration, cancel) is not { } found)
            return new DownloadOutcome(PullStatus.Failed, "the integration was deleted", Again.Never);
        await pulls.ChangeAsync(input.Integration,
            record => record with { State = record.State with { Status = PullStatus.Running } }, cancel);
        return await download.RunAsync(found.Value, input.Stamp, cancel);
    }
}
