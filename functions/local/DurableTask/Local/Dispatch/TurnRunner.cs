using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask.Local;

/// <summary>Takes an instance one turn further: replay, record, hand on.</summary>
internal sealed partial class TurnRunner(
    Engine engine, IReadOnlyDictionary<TaskName, Func<TaskOrchestrationContext, Task<object?>>> orchestrators)
{
    private readonly ILogger _logger = engine.Loggers.CreateLogger("Microsoft.DurableTask");
    private readonly Outbox _outbox = new(engine);

    public void Run(Instance instance)
    {
        try
        {
            _outbox.Flush(instance);
            if (Decide(instance) is { } turn)
            {
                Record(instance, turn);
                _outbox.Flush(instance);
            }
        }
        catch (Exception exception)
        {
            // The disk, most likely. What was not recorded has not happened: the same turn can be tried again.
            engine.TryLater(instance, exception);
        }
    }

    private Turn? Decide(Instance instance)
    {
        Execution execution;
        Turn[] turns;
        Message[] inbox;
        DateTime now;
        lock (instance.Sync)
        {
            execution = instance.Execution;
            now = engine.Now < execution.LastUpdatedAt ? execution.LastUpdatedAt : engine.Now;
            if (instance.IsOver || (!execution.HasWork(now) && !instance.AwaitedForeignTask))
            {
                return null;
            }

            turns = [.. execution.Turns];
            inbox = [.. execution.Inbox];
        }

        if (!orchestrators.TryGetValue(execution.Start.Name, out var code))
        {
            return new() { Time = now, Consumed = inbox.Length, Ending = Endings.Missing(execution.Start.Name) };
        }

        if (turns.Length == 0)
        {
            LogStarted(execution.Start.Name, instance.Id);
        }

        var turn = Replay(instance, execution.Start, code, turns, inbox, now);
        return instance.AwaitedForeignTask
            ? new() { Time = now, Consumed = inbox.Length, Ending = NonDeterminism.Fail(execution.Start, NonDeterminism.ForeignTask) }
            : turn;
    }

    private Turn Replay(
        Instance instance, ExecutionStarted start, Func<TaskOrchestrationContext, Task<object?>> code, Turn[] turns, Message[] inbox, DateTime now)
    {
        void ForeignTask()
        {
            instance.AwaitedForeignTask = true;
            engine.Turns.Ask(instance);
        }

        try
        {
            return new Replayer(start, code, engine.Options.DataConverter, engine.Loggers, ForeignTask).NextTurn(turns, inbox, now);
        }
        catch (Exception exception)
        {
            // Only code that nobody awaits (async void) gets here; it is the orchestrator's failure all the same.
            return new() { Time = now, Consumed = inbox.Length, Ending = Endings.Failed(exception) };
        }
    }

    private void Record(Instance instance, Turn turn)
    {
        lock (instance.Sync)
        {
            var changed = turn.CustomStatus is not null && turn.CustomStatus.Serialized != instance.Execution.CustomStatus;
            instance.Record(changed ? turn : turn with { CustomStatus = null });
        }

        if (turn.Ending is { ContinuesAsNew: false } ending)
        {
            if (ending.Status == OrchestrationRuntimeStatus.Failed)
            {
                LogFailed(instance.Execution.Start.Name, instance.Id, ending.Failure!.Details.ErrorMessage);
            }
            else
            {
                LogEnded(instance.Execution.Start.Name, instance.Id, ending.Status);
            }
        }
    }

    [LoggerMessage(EventId = 10, Level = LogLevel.Debug, Message = "Orchestration '{Name}' started as instance '{InstanceId}'.")]
    private partial void LogStarted(string name, string instanceId);

    [LoggerMessage(EventId = 11, Level = LogLevel.Debug, Message = "Orchestration '{Name}', instance '{InstanceId}', ended: {Status}.")]
    private partial void LogEnded(string name, string instanceId, OrchestrationRuntimeStatus status);

    [LoggerMessage(EventId = 12, Level = LogLevel.Error, Message = "Orchestration '{Name}', instance '{InstanceId}', failed: {Reason}")]
    private partial void LogFailed(string name, string instanceId, string reason);
}
