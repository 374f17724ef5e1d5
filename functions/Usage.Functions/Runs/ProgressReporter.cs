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

    /// <summary>What a part has done.</summary>
    /// <param name="Rows">Of this part.</param>
    /// <param name="Total">Rows of all parts; 0: nobody counts them.</param>
    /// <param name="Changes">Of the values that it wrote; null: it writes none.</param>
    public readonly record struct Part(long Rows = 0, long Total = 0, ChangeCounts? Changes = null);

    /// <summary>Says once that a stage begins, before any of its parts.</summary>
    public Task BeginAsync(RunId run, RunStage stage, CancellationToken cancellationToken) =>
        runs.BeginStageAsync(run, stage, clock.GetUtcNow(), cancellationToken);

    /// <summary>A part is done.</summary>
    public async Task AddAsync(RunId run, RunStage stage, long total, Part part, CancellationToken cancellationToken)
    {
        if (total <= 1) return;
        var parts = _parts.GetOrAdd((run, stage), _ => new Parts(clock.GetTimestamp()));
        var (read, changes) = parts.Add(part);
        var done = Math.Min(Interlocked.Increment(ref parts.Done), total);
        if (!parts.IsDue(clock, Interval) && done < total) return;
        var progress = new RunProgress(stage, done, total);
        if (part.Total > 0) progress = progress with { Rows = Math.Min(read, part.Total), RowsTotal = part.Total };
        await runs.ReportProgressAsync(
            run, WithPace(progress, clock.GetElapsedTime(parts.Since).TotalSeconds), changes, cancellationToken);
    }

    public void Forget(RunId run)
    {
        foreach (var key in _parts.Keys.Where(key => key.Run == run)) _parts.TryRemove(key, out _);
    }

    // The time counts from the first part's end, so that part counts as none.
    private static RunProgress WithPace(RunProgress progress, double seconds)
    {
        if (progress.Done < 2 || seconds <= 0) return progress;
        var share = (progress.Done - 1.0) / progress.Done;
        return progress with
        {
            PerSecond = (long)Math.Round((progress.Rows ?? progress.Done) * share / seconds),
            RemainingSeconds = (long)Math.Ceiling(seconds * (progress.Total - progress.Done) / (progress.Done - 1)),
        };
    }

    private sealed class Parts(long since)
    {
        public readonly long Since = since;
        public long Done;
        private readonly Lock _lock = new();
        private long _rows;
        private ChangeCounts? _changes;
        private long _reported;

        /// <returns>Those of all parts so far.</returns>
        public (long Rows, ChangeCounts? Changes) Add(Part part)
        {
            lock (_lock)
            {
                _rows += part.Rows;
                if (part.Changes is { } more) _changes = (_changes ?? ChangeCounts.None) + more;
                return (_rows, _changes);
            }
        }

        public bool IsDue(TimeProvider clock, TimeSpan interval)
        {
            var (now, reported) = (clock.GetTimestamp(), Interlocked.Read(ref _reported));
            return (reported == 0 || clock.GetElapsedTime(reported, now) >= interval)
                && Interlocked.CompareExchange(ref _reported, now, reported) == reported;
        }
    }
}
