namespace Microsoft.DurableTask.Local;

/// <summary>What is due at a time. A null task is the start of an instance that was scheduled for later.</summary>
internal readonly record struct DueTimer(Instance Instance, Guid ExecutionId, int? TaskId);

/// <summary>All timers behind one timer of the clock.</summary>
internal sealed class TimerQueue : IDisposable
{
    // Clocks refuse waits of more than some weeks; a longer one is begun again.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromDays(1);

    private readonly PriorityQueue<DueTimer, DateTime> _timers = new();
    private readonly Lock _sync = new();
    private readonly TimeProvider _clock;
    private readonly Action<DueTimer> _fire;
    private readonly ITimer _next;
    private bool _disposed;

    public TimerQueue(TimeProvider clock, Action<DueTimer> fire)
    {
        _clock = clock;
        _fire = fire;
        _next = clock.CreateTimer(_ => FireDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Add(DueTimer timer, DateTime due)
    {
        lock (_sync)
        {
            _timers.Enqueue(timer, due);
            Wait();
        }
    }

    public void Dispose()
    {
        lock (_sync)
        {
            _disposed = true;
        }

        _next.Dispose();
    }

    private void FireDue()
    {
        var due = new List<DueTimer>();
        lock (_sync)
        {
            while (!_disposed && _timers.TryPeek(out var timer, out var time) && time <= _clock.GetUtcNow().UtcDateTime)
            {
                _timers.Dequeue();
                due.Add(timer);
            }

            Wait();
        }

        due.ForEach(_fire);
    }

    private void Wait()
    {
        if (_disposed || !_timers.TryPeek(out _, out var due))
        {
            return;
        }

        // Whole milliseconds, upwards: clocks cut the rest off, and would fire again and again in the last one.
        var wait = TimeSpan.FromMilliseconds(Math.Ceiling((due - _clock.GetUtcNow().UtcDateTime).TotalMilliseconds));
        _next.Change(
            wait > s_longestWait ? s_longestWait : wait < TimeSpan.Zero ? TimeSpan.Zero : wait,
            Timeout.InfiniteTimeSpan);
    }
}
