using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs on a schedule: NCRONTAB of six fields (seconds first) or five, a time span, or <c>%Setting%</c>.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TimerTriggerAttribute(string schedule) : TriggerBindingAttribute
{
    public string Schedule { get; private set; } = schedule;

    public bool RunOnStartup { get; set; }

    /// <summary>Keeps the schedule's status on disk, so that a time missed while nothing ran is caught up once.</summary>
    public bool UseMonitor { get; set; } = true;
}
