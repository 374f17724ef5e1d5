using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Usage.Core.Runs;

namespace Usage.Functions.Exports.Notices;

/// <summary>Tells an integration's <c>notify</c> that a run has ended, and keeps at it while the receiver doesn't take it.</summary>
public static class NotifyRun
{
    // 10 tries: after 10, 30, 90, 270, 810 and 2,430 s and then three times an hour: four hours in all.
    private static readonly TaskOptions Patiently =
        TaskOptions.FromRetryPolicy(new RetryPolicy(10, TimeSpan.FromSeconds(10), 3, TimeSpan.FromHours(1)));

    public sealed record Input(RunId Run);

    [Function(nameof(NotifyRun))]
    public static async Task<bool> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, Input input)
    {
        try
        {
            await context.CallActivityAsync(nameof(SendNotice), new SendNotice.Input(input.Run), Patiently);
            return true;
        }
        catch (TaskFailedException gaveUp)
        {
            context.CreateReplaySafeLogger(nameof(NotifyRun)).GaveUp(input.Run, gaveUp.FailureDetails.ErrorMessage);
            return false;
        }
    }
}
