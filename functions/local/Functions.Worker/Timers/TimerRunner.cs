using Microsoft.Azure.Functions.Worker.Local.Functions;
using Microsoft.Azure.Functions.Worker.Local.Invocation;

namespace Microsoft.Azure.Functions.Worker.Local.Timers;

/// <summary>Runs one timer function on its schedule, never twice at once.</summary>
internal sealed class TimerRunner(
    FunctionDescriptor function, TimerSchedule schedule, ScheduleMonitor? monitor, FunctionInvoker invoker, TimeProvider clock)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private readonly SemaphoreSlim one = new(1);

    public FunctionDescriptor Function => function;

    public async Task RunAsync(CancellationToken cancel)
    {
        var status = Begin();
        var missed = status.Next <= clock.GetUtcNow();
        if (missed || ((TimerTriggerAttribute)function.Trigger).RunOnStartup) status = await FireAsync(status, missed, cancel);
        while (!cancel.IsCancellationRequested)
        {
            // In pieces: a clock that is set, or a machine that slept, must not shift a wait of days.
            for (var wait = status.Next - clock.GetUtcNow(); wait > TimeSpan.Zero; wait = status.Next - clock.GetUtcNow())
                await Task.Delay(wait < LongestWait ? wait : LongestWait, clock, cancel);
            status = await FireAsync(status, false, cancel);
        }
    }

    /// <summary>Runs it once beside its schedule, after a run that is under way.</summary>
    public async Task RunOnceAsync(CancellationToken cancel) => await InvokeAsync(Begin(), false, cancel);

    private ScheduleMonitor.Status Begin()
    {
        var now = clock.GetUtcNow();
        if (monitor?.Read() is { } kept && kept.Schedule == schedule.Text) return kept;
        var status = new ScheduleMonitor.Status(schedule.Text, null, schedule.Next(now), now);
        monitor?.Write(status);
        return status;
    }

    private async Task<ScheduleMonitor.Status> FireAsync(ScheduleMonitor.Status status, bool pastDue, CancellationToken cancel)
    {
        var began = clock.GetUtcNow();
        await InvokeAsync(status, pastDue, cancel);
        cancel.ThrowIfCancellationRequested();
        var now = clock.GetUtcNow();
        var after = new ScheduleMonitor.Status(schedule.Text, began, schedule.Next(now > status.Next || pastDue ? now : status.Next), now);
        monitor?.Write(after);
        return after;
    }

    private async Task InvokeAsync(ScheduleMonitor.Status status, bool pastDue, CancellationToken cancel)
    {
        await one.WaitAsync(cancel);
        try
        {
            var info = new TimerInfo { IsPastDue = pastDue, ScheduleStatus = monitor is null ? null : Show(status) };
            await invoker.InvokeAsync(new Invocation.Invocation { Function = function, Input = features => features.Set(info), Cancel = cancel });
        }
        catch (Exception) when (!cancel.IsCancellationRequested)
        {
            // Logged by the invoker; a timer isn't retried before its next time.
        }
        finally
        {
            one.Release();
        }
    }

    private static ScheduleStatus Show(ScheduleMonitor.Status status) => new()
    {
        Last = status.Last?.UtcDateTime ?? default,
        Next = status.Next.UtcDateTime,
        LastUpdated = status.LastUpdated.UtcDateTime,
    };
}
