using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Usage.Core.Ids;
using Usage.Functions.Imports;
using Usage.Functions.Imports.Ending;
using Usage.Functions.Runs;

namespace Usage.Functions.Mending;

/// <summary>The way of a preview that takes longer than a request may: it is counted, and its run ends.</summary>
public static class PreviewChanges
{
    [Function(LargePreviews.Orchestration)]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, RunId run)
    {
        try
        {
            await context.CallActivityAsync(nameof(CountPreview), new CountPreview.Input(run), Retries.Step);
        }
        catch (TaskFailedException failed)
        {
            await context.CallActivityAsync<FailRun.Output>(
                nameof(FailRun), FailRun.Input.Of(run, failed), Retries.UntilStorageIsBack);
        }
    }
}
