using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Usage.Core.Runs;
using Usage.Functions.Imports.Steps;
using Usage.Storage.Imports;

namespace Usage.Functions.Imports;

/// <summary>
/// One file's way: it is admitted and waits its turn, is planned and read in batches; then, before the first write, it is decided
/// whether it counts; the batches' values are merged and written by partition, and the run is closed. A test run enters behind the turn.
/// </summary>
public static class ImportFile
{
    /// <summary>Raised when it may be this run's turn, or when it is to be cancelled.</summary>
    public const string Wake = "wake";

    /// <param name="Waiting">Admitted already, in an execution before this one.</param>
    public sealed record Input(RunId Run, RunKind Kind, bool Waiting = false)
    {
        /// <summary>Null for a test run.</summary>
        public Drop? Drop { get; init; }
    }

    [Function(nameof(ImportFile))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, Input input)
    {
        RunId? next;
        try
        {
            if (input.Kind == RunKind.Import && !await TurnTaking.WaitAsync(context, input)) return;
            next = await ImportAsync(context, input.Run);
        }
        catch (TaskFailedException failed)
        {
            next = await context.CallActivityAsync<EndStep.Output>(nameof(FailRun), FailRun.Input.Of(input.Run, failed), Retries.UntilStorageIsBack) is { Next: { } waiting } ? waiting : null;
        }

        if (next is { } run) context.SendEvent(run.Value, Wake, true);
    }

    private static async Task<RunId?> ImportAsync(TaskOrchestrationContext context, RunId run)
    {
        var plan = await context.CallActivityAsync<PlanStep.Output>(nameof(PlanBatches), new PlanBatches.Input(run), Retries.Step);
        if (plan.Ended) return plan.Next;
        if (plan.Batches <= 1)
            return (await context.CallActivityAsync<EndStep.Output>(nameof(ImportWhole), new ImportWhole.Input(run, plan.Batches), Retries.Step)).Next;

        await FanOut.RunAsync(context, new FanOut.Work(run, FanOut.Kind.Read, MergeMode.None, plan.Batches));
        var decision = await context.CallActivityAsync<DecideStep.Output>(nameof(Decide), new Decide.Input(run, plan.Batches), Retries.Step);
        if (decision.Mode == MergeMode.Count && decision.MayBeDuplicate)
        {
            await FanOut.RunAsync(context, new FanOut.Work(run, FanOut.Kind.Merge, MergeMode.Count, plan.Partitions));
            decision = await context.CallActivityAsync<DecideStep.Output>(nameof(DecideDuplicate), new DecideDuplicate.Input(run), Retries.Step);
        }

        if (decision.Mode != MergeMode.None && !decision.Merged)
            await FanOut.RunAsync(context, new FanOut.Work(run, FanOut.Kind.Merge, decision.Mode, plan.Partitions));
        return (await context.CallActivityAsync<EndStep.Output>(nameof(FinishRun), new FinishRun.Input(run), Retries.Step)).Next;
    }
}
