using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Usage.Storage.Runs;

namespace Usage.Functions.Upkeep;

/// <summary>Removes old test runs, and what old imports left beside their records.</summary>
public sealed partial class PurgeRunDetails(OldRuns old, UpkeepOptions options, ILogger<PurgeRunDetails> logger)
{
    [Function(nameof(PurgeRunDetails))]
    public async Task RunAsync([ActivityTrigger] UpkeepInput input, CancellationToken cancellationToken)
    {
        var before = input.At.AddDays(-options.RunDetailDays);
        var tests = await old.RemoveTestsAsync(before, cancellationToken);
        var blobs = await old.RemoveDetailsAsync(before, cancellationToken);
        LogPurged(tests, blobs, options.RunDetailDays);
    }

    [LoggerMessage(LogLevel.Information, "{Tests} test runs and {Blobs} blobs of runs older than {Days} days are purged")]
    private partial void LogPurged(int tests, int blobs, int days);
}
