using System.Collections.Concurrent;
using Usage.Core.Runs;
using Usage.Storage.Runs;

namespace Usage.Functions.Imports.Steps;

/// <summary>
/// Counts finished parts of a stage and tells the run's record now and then. With several machines each counts its own: progress is a hint,
/// never more than the total, and begins anew after a restart.
/// </summary>
public sealed class RunProgressBook(RunStore runs, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<(RunId Run, RunStage Stage), Line> _lines = new();

    public async Task AddAsync(RunId run, RunStage stage, long total, CancellationToken cancel)
    {
        if (total <= 1) return;
        var line = _lines.GetOrAdd((run, stage), _ => new Line());
        var done = Math.Min(Interlocked.Increment(ref line.Done), total);
        if (!line.IsDue(clock, Interval) && done < total) return;
        await runs.ReportProgressAsync(run, new RunProgress(stage, done, total), cancel);
    }

    public void Forget(RunId run)
    {
        foreach (var key in _lines.Keys.Where(key => key.Run == run)) _lines.TryRemove(key, out _);
    }

    private sealed class Line
    {
        public long Done;
        private long _told;

        public bool IsDue(TimeProvider clock, TimeSpan interval)
        {
            var (now, told) = (clock.GetTimestamp(), Interlocked.Read(ref _told));
            return (told == 0 || clock.GetElapsedTime(told, now) >= interval) && Interlocked.CompareExchange(ref _told, now, told) == told;
        }
    }
}
