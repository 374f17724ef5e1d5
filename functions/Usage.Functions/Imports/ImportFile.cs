using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Functions.Imports.Ending;
using Usage.Functions.Imports.Reading;
using Usage.Functions.Imports.Writing;
using Usage.Functions.Runs;
using Usage.Storage.Imports.Writing;

namespace Usage.Functions.Imports;

/// <summary>
/// One file's way: it is admitted and waits its turn, is planned and read in batches; then, before the first write, it is decided
/// whether it counts; the batches' values are merged and written by partition, and the run is finished. A test run waits for no turn.
/// </summary>
public static class ImportFile
{
    [Function(RunScheduler.Orchestration)]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, RunStart start)
    {
        RunId? next;
        try
        {
            if (start.Failure is { } failure) next = await FailAsync(context, new FailRun.Input(start.Run, failure, failure.Message));
            else if (start.Kind != RunKind.Test && !await WaitForTurn.RunAsync(context, start)) return;
            else next = await ImportAsync(context, start);
        }
        catch (TaskFailedException failed)
        {
            next = await FailAsync(context, FailRun.Input.Of(start.Run, failed));
        }

        if (next is { } run) context.SendEvent(run.Value, RunScheduler.Wake, true);
    }

    private static async Task<RunId?> ImportAsync(TaskOrchestrationContext context, RunStart start)
    {
        var run = start.Run;
        var planning = start.Kind is RunKind.Replay or RunKind.Fix && !start.PlansAnew ? nameof(PlanChild) : nameof(PlanBatches);
        var plan = await context.CallActivityAsync<PlanBatches.Output>(planning, new PlanBatches.Input(run), Retries.Step);
        if (plan.Ended) return plan.Next;
        if (plan.Batches <= 1)
        {
            var whole = new ImportWhole.Input(run, plan.Batches);
            var done = await context.CallActivityAsync<ImportWhole.Output>(nameof(ImportWhole), whole, Retries.Step);
            if (done.Waits > 0)
            {
                await TakeTurnsAsync(context, run);
                whole = whole with { Partitions = done.Waits };
                done = await context.CallActivityAsync<ImportWhole.Output>(nameof(ImportWhole), whole, Retries.Step);
            }

            if (done.LooksAgain) await LookAgainAsync(context, run);
            return done.Next;
        }

        await FanOut.ReadAsync(context, run, plan.Batches);
        var decision = await context.CallActivityAsync<Decide.Output>(nameof(Decide), new Decide.Input(run, plan.Batches), Retries.Step);
        if (decision.MayBeDuplicate)
        {
            await FanOut.WriteAsync(context, run, WriteMode.Count, plan.Partitions);
            var again = new DecideDuplicate.Input(run);
            decision = await context.CallActivityAsync<Decide.Output>(nameof(DecideDuplicate), again, Retries.Step);
        }

        if (decision.Mode == WriteMode.Write) await TakeTurnsAsync(context, run);
        if (decision.Mode != WriteMode.None) await FanOut.WriteAsync(context, run, decision.Mode, plan.Partitions);
        return await FinishAsync(context, new FinishRun.Input(run));
    }

    private static Task<BeginWriting.Output> TakeTurnsAsync(TaskOrchestrationContext context, RunId run) =>
        WaitForProducts.RunAsync<BeginWriting.Output>(
        context, nameof(BeginWriting), new BeginWriting.Input(run), begun => begun.Waits);

    /// <summary>Fails a run that can't go on. If it has begun to write, what it wrote is counted first and told in its error.</summary>
    private static async Task<RunId?> FailAsync(TaskOrchestrationContext context, FailRun.Input input)
    {
        var failed = await context.CallActivityAsync<FailRun.Output>(nameof(FailRun), input, Retries.UntilStorageIsBack);
        if (failed.Partitions == 0) return failed.Next;
        try
        {
            await FanOut.WriteAsync(context, input.Run, WriteMode.Settle, failed.Partitions);
            return await FinishAsync(context, new FinishRun.Input(input.Run, input.Error));
        }
        catch (TaskFailedException)
        {
            // What keeps the run from being written may keep it from being counted.
            input = input with { Unsettled = true };
            return (await context.CallActivityAsync<FailRun.Output>(nameof(FailRun), input, Retries.UntilStorageIsBack)).Next;
        }
    }

    private static async Task<RunId?> FinishAsync(TaskOrchestrationContext context, FinishRun.Input input)
    {
        var done = await context.CallActivityAsync<FinishRun.Output>(nameof(FinishRun), input, Retries.Step);
        if (done.LooksAgain) await LookAgainAsync(context, input.Run);
        return done.Next;
    }

    private static Task LookAgainAsync(TaskOrchestrationContext context, RunId run) =>
        context.CallActivityAsync(RunScheduler.LookAgain, run, Retries.Step);
}
