using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask.Local;

/// <summary>Runs activities and records their answers. One whose answer is not on disk runs again at the next start.</summary>
internal sealed partial class ActivityRunner(
    Engine engine,
    IReadOnlyDictionary<TaskName, Func<LocalActivity, CancellationToken, Task<object?>>> activities,
    CancellationToken endOfGrace)
{
    private static readonly TimeSpan s_pauseAfterFailure = TimeSpan.FromSeconds(1);

    private readonly ILogger _logger = engine.Loggers.CreateLogger("Microsoft.DurableTask");

    public async Task RunAsync(ActivityRun run)
    {
        if (!IsWanted(run) || await AnswerAsync(run) is not { } answer)
        {
            return;
        }

        while (!endOfGrace.IsCancellationRequested)
        {
            try
            {
                Record(run, answer);
                return;
            }
            catch (IOException exception)
            {
                engine.TryLater(run.Instance, exception);
                await Task.Delay(s_pauseAfterFailure, engine.Options.TimeProvider, CancellationToken.None);
            }
        }
    }

    private static bool IsWanted(ActivityRun run)
    {
        lock (run.Instance.Sync)
        {
            return !run.Instance.Replaced
                && (run.Instance.Execution.WaitsFor(run.ExecutionId, run.Activity.Id)
                    || run.Instance.Execution.HasOldActivity(run.ExecutionId, run.Activity.Id));
        }
    }

    /// <summary>Null when the runtime's stop cut it short.</summary>
    private async Task<ActivityAnswered?> AnswerAsync(ActivityRun run)
    {
        var (id, name, version, input) = run.Activity;
        if (!activities.TryGetValue(name, out var code))
        {
            return new(id, null, Endings.Failed("ActivityTaskNotFound", $"No activity task named '{name}' was found.").Failure);
        }

        try
        {
            var converter = engine.Options.DataConverter;
            var result = await code(new(name, run.Instance.Id, id, version, input, converter), endOfGrace);
            return new(id, converter.Serialize(result));
        }
        catch (Exception) when (endOfGrace.IsCancellationRequested)
        {
            LogCutShort(name, run.Instance.Id);
            return null;
        }
        catch (Exception exception)
        {
            // Any failure of an activity is its orchestrator's to judge.
            LogFailed(exception, name, id, run.Instance.Id);
            return new(id, null, new(TaskFailureDetails.FromException(exception)));
        }
    }

    private void Record(ActivityRun run, ActivityAnswered answer)
    {
        var instance = run.Instance;
        lock (instance.Sync)
        {
            if (!IsWanted(run))
            {
                return;
            }

            instance.Record(instance.Execution.Id == run.ExecutionId ? answer : new OldActivityDone(run.ExecutionId, answer.TaskId));
        }

        engine.Turns.Ask(instance);
    }

    [LoggerMessage(EventId = 20, Level = LogLevel.Warning, Message = "Activity '{Name}' (#{Id}) of instance '{InstanceId}' failed.")]
    private partial void LogFailed(Exception exception, string name, int id, string instanceId);

    [LoggerMessage(EventId = 21, Level = LogLevel.Information, Message = "Activity '{Name}' of instance '{InstanceId}' was cut short by the stop; it runs again at the next start.")]
    private partial void LogCutShort(string name, string instanceId);
}
