namespace Microsoft.DurableTask.Local;

/// <summary>
/// Waits and events by name, ignoring case. An event goes to the wait that began last (an abandoned older wait must not
/// swallow it); without one it is kept for the next.
/// </summary>
internal sealed class ExternalEvents(DataConverter converter)
{
    private readonly Dictionary<string, List<IWait>> _waits = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<EventRaised> _kept = [];

    private interface IWait
    {
        Type Type { get; }

        bool IsOver { get; }

        void Complete(string? payload);
    }

    public bool HasWaits => _waits.Values.Any(waits => waits.Any(wait => !wait.IsOver));

    public IReadOnlyList<EventRaised> Kept => _kept;

    public Task<T> Wait<T>(string name, CancellationToken cancellation)
    {
        var waits = _waits.TryGetValue(name, out var known) ? known : _waits[name] = [];
        waits.RemoveAll(wait => wait.IsOver);
        if (waits.FirstOrDefault(other => other.Type != typeof(T)) is { } unlike)
        {
            throw new ArgumentException(
                $"Waits for one event must have one type: '{name}' is waited for as {unlike.Type.FullName}, found {typeof(T).FullName}.");
        }

        var wait = new Pending<T>(converter, cancellation);
        var index = _kept.FindIndex(kept => string.Equals(kept.Name, name, StringComparison.OrdinalIgnoreCase));
        if (index < 0 || wait.IsOver)
        {
            waits.Add(wait);
        }
        else
        {
            var payload = _kept[index].Payload;
            _kept.RemoveAt(index);
            wait.Complete(payload);
        }

        return wait.Task;
    }

    public void Raise(EventRaised raised)
    {
        if (_waits.TryGetValue(raised.Name, out var waits) && waits.FindLast(wait => !wait.IsOver) is { } last)
        {
            waits.Remove(last);
            last.Complete(raised.Payload);
        }
        else
        {
            _kept.Add(raised);
        }
    }

    private sealed class Pending<T> : IWait
    {
        private readonly TaskCompletionSource<T> _result = new();
        private readonly DataConverter _converter;

        public Pending(DataConverter converter, CancellationToken cancellation)
        {
            _converter = converter;
            cancellation.Register(() => _result.TrySetCanceled(cancellation));
        }

        public Task<T> Task => _result.Task;

        public Type Type => typeof(T);

        public bool IsOver => _result.Task.IsCompleted;

        public void Complete(string? payload)
        {
            T value;
            try
            {
                value = _converter.Deserialize<T>(payload)!;
            }
            catch (Exception exception)
            {
                // Text that is no T is the waiting orchestrator's to handle, as any failure of what it awaits.
                _result.TrySetException(exception);
                return;
            }

            _result.TrySetResult(value);
        }
    }
}
