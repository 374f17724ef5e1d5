using System.Collections.Concurrent;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Storage.Runs;

namespace Usage.Functions.Runs;

/// <summary>
/// Counts finished parts of a stage and now and then saves the count with the run. Each process counts its own parts and begins anew after
/// a restart, so progress is a hint, and never more than the total.
/// </summary>
public sealed class ProgressReporter(RunStore runs, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<(RunId Run, RunStage Stage), Parts> _parts = new();

    public async Task AddAsync(RunId run, RunStage stage, long total, CancellationToken cancellationToken)
    {
        if (total <= 1) return;
        var parts = _parts.GetOrAdd((run, stage), _ => new Parts());
        var done = Math.Min(Interlocked.Increment(ref parts.Done), total);
        if (!parts.IsDue(clock, Interval) && done < total) return;
        await runs.ReportProgressAsync(run, new RunProgress(stage, done, total), cancellationToken);
    }

    public void Forget(RunId run)
    {
        foreach (var key in _parts.Keys.Where(key => key.Run == run)) _parts.TryRemove(key, out _);
    }

    private sealed class Parts
    {
        public long Done;
        private long _reported;

        public bool IsDue(TimeProvider clock, TimeSpan interval)
        {
            var (now, reported) = (clock.GetTimestamp(), Interlocked.Read(ref _reported));
            return (reported == 0 || clock.GetElapsedTime(reported, now) >= interval)
                && Interlocked.CompareExchange(ref _reported, now, reported) == reported;
        }
    }
}
