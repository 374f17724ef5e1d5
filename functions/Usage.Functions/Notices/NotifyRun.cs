using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Usage.Core.Ids;

namespace Usage.Functions.Notices;

/// <summary>Keeps at it while the receiver doesn't take the notice of a run's end, and gives up after some hours.</summary>
public static class NotifyRun
{
    // 10 tries: after 10, 30, 90, 270, 810 and 2,430 s, and then three more an hour apart: four hours in all.
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
            await context.CallActivityAsync(nameof(GiveUpNotice), new GiveUpNotice.Input(input.Run, gaveUp.FailureDetails.ErrorMessage));
            return false;
        }
    }
}
