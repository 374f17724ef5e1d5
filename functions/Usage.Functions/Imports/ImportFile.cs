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

        /// <summary>Why the run is only to be ended: an execution before this one is dead.</summary>
        public RunError? GiveUp { get; init; }
    }

    [Function(nameof(ImportFile))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, Input input)
    {
        RunId? next;
        try
        {
            if (input.GiveUp is { } reason) next = await FailAsync(context, new FailRun.Input(input.Run, reason, reason.Message));
            else if (input.Kind == RunKind.Import && !await TurnTaking.WaitAsync(context, input)) return;
            else next = await ImportAsync(context, input.Run);
        }
        catch (TaskFailedException failed)
        {
            next = await FailAsync(context, FailRun.Input.Of(input.Run, failed));
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
        if (decision.MayBeDuplicate)
        {
            await FanOut.RunAsync(context, new FanOut.Work(run, FanOut.Kind.Merge, MergeMode.Count, plan.Partitions));
            decision = await context.CallActivityAsync<DecideStep.Output>(nameof(DecideDuplicate), new DecideDuplicate.Input(run), Retries.Step);
        }

        if (decision.Mode != MergeMode.None)
            await FanOut.RunAsync(context, new FanOut.Work(run, FanOut.Kind.Merge, decision.Mode, plan.Partitions));
        return (await context.CallActivityAsync<EndStep.Output>(nameof(FinishRun), new FinishRun.Input(run), Retries.Step)).Next;
    }

    /// <summary>Ends a run that can't go on. If it has begun to write, what it wrote is counted and told.</summary>
    private static async Task<RunId?> FailAsync(TaskOrchestrationContext context, FailRun.Input input)
    {
        var ended = await context.CallActivityAsync<FailStep.Output>(nameof(FailRun), input, Retries.UntilStorageIsBack);
        if (ended.Partitions == 0) return ended.Next;
        try
        {
            await FanOut.RunAsync(context, new FanOut.Work(input.Run, FanOut.Kind.Merge, MergeMode.Settle, ended.Partitions));
            return (await context.CallActivityAsync<EndStep.Output>(nameof(FinishRun), new FinishRun.Input(input.Run, input.Error), Retries.Step)).Next;
        }
        catch (TaskFailedException)
        {
            // What keeps the run from being written may keep it from being counted.
            return (await context.CallActivityAsync<FailStep.Output>(nameof(FailRun), input with { Unsettled = true }, Retries.UntilStorageIsBack)).Next;
        }
    }
}
