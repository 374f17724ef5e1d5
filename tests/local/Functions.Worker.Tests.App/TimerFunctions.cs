using Microsoft.Azure.Functions.Worker;

namespace Functions.Worker.Tests.App;

public sealed class TimerFunctions(Journal journal)
{
    [Function(nameof(Every))]
    public void Every([TimerTrigger("%Every%")] TimerInfo timer) => journal.Add($"every {timer.IsPastDue}");

    [Function(nameof(Nightly))]
    public void Nightly([TimerTrigger("%Nightly%")] TimerInfo timer) =>
        journal.Add($"nightly {timer.IsPastDue} {timer.ScheduleStatus is not null}");

    [Function(nameof(AtStart))]
    public async Task AtStart([TimerTrigger("0 0 0 1 1 *", RunOnStartup = true, UseMonitor = false)] TimerInfo timer)
    {
        journal.Add($"start began {timer.ScheduleStatus is null}");
        await Task.Delay(100);
        journal.Add("start ended");
    }
}
