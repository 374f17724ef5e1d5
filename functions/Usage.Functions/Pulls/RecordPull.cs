using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Usage.Core.Ids;
using Usage.Core.Outbound;
using Usage.Functions.Pulls.Downloads;
using Usage.Storage.Pulls;

namespace Usage.Functions.Pulls;

public sealed partial class RecordPull(PullStore pulls, FailedPulls failed, TimeProvider clock, ILogger<RecordPull> logger)
{
    /// <param name="Round">1 for the first.</param>
    /// <param name="BeganAt">The round.</param>
    /// <param name="NextAt">The next round, after a failure that may pass; else null.</param>
    public sealed record Input(
        IntegrationId Integration, string Stamp, int Round, DateTimeOffset BeganAt, DownloadOutcome Outcome, DateTimeOffset? NextAt);

    [Function(nameof(RecordPull))]
    public async Task RunAsync([ActivityTrigger] Input input, CancellationToken cancellationToken)
    {
        var (outcome, now) = (input.Outcome, clock.GetUtcNow());
        if (outcome.Status == PullStatus.Failed) await failed.WriteAsync(input, cancellationToken);
        else if (input.Round > 1) await failed.WriteMendedAsync(input, cancellationToken);
        // Last, since whoever sees that it failed looks for the run.
        await pulls.ChangeAsync(input.Integration, record => record with { State = After(record.State, outcome, now) }, cancellationToken);
        Log(PullStamp.Run(input.Integration, input.Stamp), input.Integration, outcome.Status, outcome.Message);
    }

    private static PullState After(PullState before, DownloadOutcome outcome, DateTimeOffset now) => new()
    {
        Status = outcome.Status,
        At = now,
        Message = outcome.Message,
        Blob = outcome.Blob ?? before.Blob,
        LastSuccess = outcome.Status == PullStatus.Failed ? before.LastSuccess : now,
    };

    [LoggerMessage(LogLevel.Information, "The pull {Run} of {Integration} is {Status}: {Reason}")]
    private partial void Log(RunId run, IntegrationId integration, PullStatus status, string reason);
}
