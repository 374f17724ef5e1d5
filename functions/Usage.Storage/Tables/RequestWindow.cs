namespace Usage.Storage.Tables;

/// <summary>
/// How many requests are under way at once: as many as the service makes use of. It grows while answers take no longer for it, and becomes
/// smaller where the service puts requests off, or where they only wait for each other there. So an emulator gets few, a storage account
/// as many as reach its limit, and several instances share that without knowing of each other.
/// </summary>
/// <param name="most">At least 1.</param>
public sealed class RequestWindow(int most, TimeProvider clock)
{
    private const int Start = 4;

    /// <summary>Requests that may wait at the service for others before it is no use to send more.</summary>
    private const double FewWaiting = 3;

    private const double ManyWaiting = 6;

    /// <summary>What is left of the window when a request is put off.</summary>
    private const double Kept = 0.85;

    /// <summary>What was the shortest time doesn't count for ever: a service may become slower without being full.</summary>
    private const double Forgets = 1.0001;

    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _waiting = [];
    private readonly int _most = most;
    private double _size = Math.Min(Start, most);
    private int _underWay;
    private double _least = double.PositiveInfinity;
    private long _cutAt = long.MinValue;
    private bool _wasPutOff;

    /// <returns>When the request began, which <see cref="Leave"/> is told.</returns>
    public async ValueTask<long> EnterAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource turn;
        lock (_lock)
        {
            if (_waiting.Count == 0 && _underWay < (int)_size)
            {
                _underWay++;
                return clock.GetTimestamp();
            }

            turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn);
        }

        // Whoever gives up is passed over when it would be its turn.
        await using var _ = cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken));
        await turn.Task;
        return clock.GetTimestamp();
    }

    /// <param name="entered">From <see cref="EnterAsync"/>.</param>
    /// <param name="answer">What the service said; null: nothing, or it was not asked to the end.</param>
    public void Leave(long entered, ServiceAnswer? answer)
    {
        lock (_lock)
        {
            if (answer == ServiceAnswer.PutOff) Cut(entered);
            else if (answer == ServiceAnswer.Done) Learn(Math.Max(clock.GetElapsedTime(entered).TotalSeconds, 1e-6));
            _underWay--;
            while (_underWay < (int)_size && _waiting.TryDequeue(out var turn))
                if (turn.TrySetResult()) _underWay++;
        }
    }

    /// <summary>Once for all those that were sent with the same window.</summary>
    private void Cut(long entered)
    {
        if (entered < _cutAt) return;
        (_cutAt, _wasPutOff) = (clock.GetTimestamp(), true);
        _size = Math.Max(1, _size * Kept);
    }

    private void Learn(double seconds)
    {
        _least = Math.Min(seconds, _least * Forgets);
        var waiting = _size * (1 - _least / seconds);
        // One more for each round of answers, and once the limit is known one more a second.
        if (waiting < FewWaiting) _size = Math.Min(_most, _size + (_wasPutOff ? seconds : 1) / _size);
        else if (waiting > ManyWaiting) _size = Math.Max(Math.Min(Start, _size), _size - 1 / _size);
    }
}

public enum ServiceAnswer
{
    Done,

    /// <summary>It is asked too much, and wants to be asked later.</summary>
    PutOff,
}
