using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask.Local;

/// <summary>What the parts of a running runtime share.</summary>
internal sealed partial class Engine : IDisposable
{
    private static readonly TimeSpan s_pauseAfterFailure = TimeSpan.FromSeconds(1);

    private readonly ILogger _logger;

    public Engine(DurableRuntimeOptions options, ILoggerFactory loggers)
    {
        Options = options;
        Loggers = loggers;
        _logger = loggers.CreateLogger("Microsoft.DurableTask");
        Store = new(options);
        Timers = new(options.TimeProvider, Fire);
    }

    public DurableRuntimeOptions Options { get; }

    public ILoggerFactory Loggers { get; }

    public InstanceStore Store { get; }

    public TurnQueue Turns { get; } = new();

    public ActivityQueue Activities { get; } = new();

    public TimerQueue Timers { get; }

    public DateTime Now => Options.TimeProvider.GetUtcNow().UtcDateTime;

    /// <summary>Takes up where the last process stopped: the first turn of each instance hands on what was left undone.</summary>
    public void TakeUp()
    {
        foreach (var instance in Store.Live)
        {
            foreach (var old in instance.Execution.OldActivities)
            {
                Activities.Add(new(instance, old.ExecutionId, old.Activity));
            }

            Admit(instance);
        }
    }

    /// <summary>Lets an instance run, now or at its scheduled start.</summary>
    public void Admit(Instance instance)
    {
        if (instance.Execution is { Turns.Count: 0, Start.ScheduledStart: { } start } && start > Now)
        {
            Timers.Add(new(instance, instance.Execution.Id, null), start);
        }

        Turns.Ask(instance);
    }

    /// <summary>Puts a message into an inbox, on disk; one for an instance that is over is dropped.</summary>
    public void Post(Instance? instance, Message message)
    {
        if (instance is null)
        {
            return;
        }

        lock (instance.Sync)
        {
            if (instance.IsOver)
            {
                return;
            }

            instance.Record(message);
        }

        Turns.Ask(instance);
    }

    /// <summary>Puts an answer into the inbox of the execution that waits for it; any other one is dropped.</summary>
    public void Post(Instance? instance, Guid executionId, Answer answer)
    {
        if (instance is null)
        {
            return;
        }

        lock (instance.Sync)
        {
            if (instance.IsOver || !instance.Execution.WaitsFor(executionId, answer.TaskId))
            {
                return;
            }

            instance.Record(answer);
        }

        Turns.Ask(instance);
    }

    /// <summary>After a failure, of the disk as a rule: the same again a little later.</summary>
    public void TryLater(Instance instance, Exception exception)
    {
        LogDiskFailure(exception, instance.Id);
        Timers.Add(new(instance, instance.Execution.Id, null), Now + s_pauseAfterFailure);
    }

    public void Dispose()
    {
        Timers.Dispose();
        Store.Dispose();
    }

    private void Fire(DueTimer timer)
    {
        if (timer.TaskId is not { } task)
        {
            Turns.Ask(timer.Instance);
            return;
        }

        try
        {
            Post(timer.Instance, timer.ExecutionId, new TimerFired(task));
        }
        catch (IOException exception)
        {
            LogDiskFailure(exception, timer.Instance.Id);
            Timers.Add(timer, Now + s_pauseAfterFailure);
        }
        catch (InvalidOperationException)
        {
            // Stopped meanwhile: the timer is on disk and fires at the next start.
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "Instance '{InstanceId}' can't be taken further, its history can't be written; it is tried again.")]
    private partial void LogDiskFailure(Exception exception, string instanceId);
}
