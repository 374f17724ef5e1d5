using Microsoft.Azure.Functions.Worker.Local.Functions;
using Microsoft.Azure.Functions.Worker.Local.Hosting;
using Microsoft.Azure.Functions.Worker.Local.Invocation;
using Microsoft.Azure.Functions.Worker.Local.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Local.Timers;

/// <summary>All timer functions of the app.</summary>
internal sealed partial class TimerListener(IReadOnlyList<TimerRunner> runners, ILogger logger) : ITriggerListener
{
    private readonly CancellationTokenSource stop = new();
    private readonly List<Task> running = [];

    /// <exception cref="StartupException">A schedule, its setting or the time zone can't be used.</exception>
    public static TimerListener For(
        IReadOnlyList<FunctionDescriptor> functions, HostSettings settings, FunctionInvoker invoker, IConfiguration configuration, ILoggerFactory loggers)
    {
        var zone = Zone(configuration["WEBSITE_TIME_ZONE"]);
        var runners = new List<TimerRunner>();
        foreach (var function in functions)
        {
            if (function.Trigger is not TimerTriggerAttribute trigger) continue;
            var schedule = TimerSchedule.Parse(SettingNames.Resolve(trigger.Schedule, configuration, function.Name), zone, function.Name);
            var monitor = trigger.UseMonitor && schedule.IsMonitored(TimeProvider.System.GetUtcNow())
                ? new ScheduleMonitor(settings.DataFolder, function.Name) : null;
            runners.Add(new TimerRunner(function, schedule, monitor, invoker, TimeProvider.System));
        }

        return new TimerListener(runners, loggers.CreateLogger("Host.Triggers.Timer"));
    }

    public Task StartAsync(CancellationToken cancel)
    {
        running.AddRange(runners.Select(r => Task.Run(() => GuardAsync(r, r.RunAsync(stop.Token)), CancellationToken.None)));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancel)
    {
        await stop.CancelAsync();
        Task[] all;
        lock (running) all = [.. running];
        await Task.WhenAll(all).WaitAsync(cancel);
    }

    /// <returns>False when the function has no timer trigger.</returns>
    public bool RunNow(FunctionDescriptor function)
    {
        if (runners.FirstOrDefault(r => r.Function == function) is not { } runner) return false;
        lock (running)
        {
            running.RemoveAll(t => t.IsCompleted);
            running.Add(Task.Run(() => GuardAsync(runner, runner.RunOnceAsync(stop.Token)), CancellationToken.None));
        }

        return true;
    }

    private async Task GuardAsync(TimerRunner runner, Task run)
    {
        try
        {
            await run;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The app stops; what was cut short is past due at the next start.
        }
        catch (Exception e)
        {
            LogStopped(runner.Function.Name, e);
        }
    }

    private static TimeZoneInfo Zone(string? name)
    {
        if (string.IsNullOrEmpty(name)) return TimeZoneInfo.Utc;
        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : throw new StartupException($"WEBSITE_TIME_ZONE: found \"{name}\", expected a time zone such as Europe/Berlin.");
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The timer of function '{Function}' has stopped; it starts again with the app")]
    private partial void LogStopped(string function, Exception exception);
}
