using System.Globalization;
using Spectre.Console;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Local.Api;
using Usage.Local.Machine;

namespace Usage.Local.Drops;

/// <summary>Follows a run to its end, on the console.</summary>
internal static class RunWatcher
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits for the trigger to see a blob that was dropped.</summary>
    public static async Task<RunId> FindAsync(UsageApi api, string integration, string blob, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await api.FindRunAsync(integration, blob, cancellationToken) is { } run) return run;
            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <summary>A live line with stage and progress until the run has ended.</summary>
    public static Task<Run> WatchAsync(UsageApi api, RunId id, string title, CancellationToken cancellationToken) =>
        AnsiConsole.Progress().AutoClear(false).HideCompleted(false)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(),
                new SpinnerColumn())
            .StartAsync(async display =>
            {
                var line = display.AddTask(Markup.Escape(title), maxValue: 1);
                while (true)
                {
                    var run = await api.GetRunAsync(id, cancellationToken);
                    line.Description = Markup.Escape(
                        $"{title}: {(HasEnded(run) ? Word(run.Status) : $"{run.Progress.Stage}".ToLowerInvariant())}");
                    line.Value = HasEnded(run) ? 1 : Fraction(run.Progress);
                    if (HasEnded(run)) return run;
                    await Task.Delay(Pause, cancellationToken);
                }
            });

    public static async Task<Run> WaitAsync(UsageApi api, RunId id, CancellationToken cancellationToken)
    {
        while (true)
        {
            var run = await api.GetRunAsync(id, cancellationToken);
            if (HasEnded(run)) return run;
            await Task.Delay(Pause, cancellationToken);
        }
    }

    public static void PrintOutcome(Run run, Uri app)
    {
        Say.Line($"Run [bold]{run.Id}[/]: {Summary(run)}");
        foreach (var date in run.Dates)
            Say.Line($"  {date.Product} {date.Date:yyyy-MM-dd}: {date.Snapshots} snapshots ({date.Why})");
        if (run.Error is { } error) Say.Line($"  [red]{error.Code}[/]: {error.Message}");
        foreach (var issue in run.Issues)
        {
            Say.Line($"  [yellow]{issue.Code}[/] {issue.Count}×");
            foreach (var sample in issue.Samples.Take(3)) Say.Line($"    {sample.Message}");
        }

        if (run.Rows.Rejected() > 0) Say.Line($"  the rows to mend: curl -O {app}api/runs/{run.Id}/rejected.csv");
    }

    public static string Summary(Run run)
    {
        (string Name, long Count)[] counts =
        [
            ("recorded", run.Rows.Recorded), ("superseded", run.Rows.Superseded), ("empty", run.Rows.Empty), ("partial", run.Rows.Partial),
            ("unmatched", run.Rows.Unmatched), ("ambiguous", run.Rows.Ambiguous), ("invalid", run.Rows.Invalid),
        ];
        var outcome = string.Join(
            ", ", counts.Where(c => c.Count > 0).Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Count:#,0} {c.Name}")));
        var duplicate = run.DuplicateOf is { } other ? $" of {other}" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Word(run.Status)}{duplicate}; {run.Rows.Read:#,0} rows{(outcome.Length > 0 ? $" ({outcome})" : "")}, "
            + $"{run.Snapshots:#,0} snapshots, {run.Values:#,0} values");
    }

    private static bool HasEnded(Run run) => run.Status is not (RunStatus.Queued or RunStatus.Running);

    private static string Word(RunStatus status) =>
        status == RunStatus.PartiallySucceeded ? "partially succeeded" : $"{status}".ToLowerInvariant();

    // Reading is the first half of the bar, writing the second.
    private static double Fraction(RunProgress progress)
    {
        var part = progress.Total > 0 ? Math.Min(1, (double)progress.Done / progress.Total) : 0;
        return progress.Stage switch
        {
            RunStage.Reading => part / 2,
            RunStage.Writing => 0.5 + (part * 0.45),
            RunStage.Finishing => 0.95,
            _ => 1
        };
    }
}
