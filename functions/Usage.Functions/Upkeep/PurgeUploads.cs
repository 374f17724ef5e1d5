using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Usage.Storage.Uploads;

namespace Usage.Functions.Upkeep;

/// <summary>Removes uploads that were kept for their time, whatever became of them.</summary>
public sealed partial class PurgeUploads(UploadStore uploads, ILogger<PurgeUploads> logger)
{
    [Function(nameof(PurgeUploads))]
    public async Task RunAsync([ActivityTrigger] UpkeepInput input, CancellationToken cancellationToken) =>
        LogPurged(await uploads.RemoveOldAsync(input.At, cancellationToken));

    [LoggerMessage(LogLevel.Information, "{Uploads} uploads are purged")]
    private partial void LogPurged(int uploads);
}
