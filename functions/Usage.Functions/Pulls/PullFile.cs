using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Usage.Core.Ids;
using Usage.Core.Outbound;
using Usage.Functions.Outbound;
using Usage.Functions.Pulls.Downloads;

namespace Usage.Functions.Pulls;

/// <summary>
/// One pull: the file is fetched; what came of it is recorded; and after a failure it is fetched again some minutes later, or as soon
/// as someone asks. A failure that lasts is left to the next night.
/// </summary>
public static class PullFile
{
    /// <summary>Raised to end the pause between two rounds.</summary>
    public const string NowEvent = "PullNow";

    // 5 tries over 10 + 20 + 40 + 80 s = two and a half minutes of storage that doesn't answer.
    private static readonly TaskOptions Patiently = TaskOptions.FromRetryPolicy(new RetryPolicy(5, TimeSpan.FromSeconds(10), 2));

    /// <param name="Stamp">The pull's time, as in the blob's name.</param>
    /// <param name="RoundMinutes">The pauses after failures; one round more than there are pauses.</param>
    public sealed record Input(IntegrationId Integration, string Stamp, IReadOnlyList<double> RoundMinutes);

    [Function(nameof(PullFile))]
    public static async Task<PullStatus> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, Input input)
    {
        var asked = context.WaitForExternalEvent<string>(NowEvent);
        for (var round = 1; ; round++)
        {
            var began = context.CurrentUtcDateTime;
            var outcome = await DownloadAsync(context, input);
            DateTimeOffset? next = outcome.Status == PullStatus.Failed && outcome.Retry != Retry.Never && round <= input.RoundMinutes.Count
                ? context.CurrentUtcDateTime.AddMinutes(input.RoundMinutes[round - 1]) : null;
            await context.CallActivityAsync(
                nameof(RecordPull), new RecordPull.Input(input.Integration, input.Stamp, round, began, outcome, next), Patiently);
            if (next is null) return outcome.Status;

            using var enough = new CancellationTokenSource();
            var pause = context.CreateTimer(next.Value.UtcDateTime, enough.Token);
            if (await Task.WhenAny(pause, asked) != asked) continue;
            // Not CancelAsync: it goes to another thread, and an orchestrator awaits nothing but its context.
            enough.Cancel();
            asked = context.WaitForExternalEvent<string>(NowEvent);
        }
    }

    private static async Task<DownloadOutcome> DownloadAsync(TaskOrchestrationContext context, Input input)
    {
        try
        {
            return await context.CallActivityAsync<DownloadOutcome>(
                nameof(DownloadFile), new DownloadFile.Input(input.Integration, input.Stamp), Patiently);
        }
        catch (TaskFailedException failed)
        {
            return new DownloadOutcome(
                PullStatus.Failed, $"the file could not be stored ({failed.FailureDetails.ErrorType}); the log tells more", Retry.Later);
        }
    }
}
