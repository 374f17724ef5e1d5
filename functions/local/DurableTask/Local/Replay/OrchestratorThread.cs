namespace Microsoft.DurableTask.Local;

/// <summary>
/// Where the code of one turn runs: one thread, continuations in the order in which they became ready. Anything that
/// comes from another thread, or after the turn, comes from a task that is not the context's, and is reported.
/// </summary>
internal sealed class OrchestratorThread(Action foreignTask) : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _ready = new();
    private volatile int _thread;

    private bool IsHere => _thread != 0 && _thread == Environment.CurrentManagedThreadId;

    /// <summary>Runs the turn on this thread, with this as its context.</summary>
    public void Run(Action turn)
    {
        var before = Current;
        _thread = Environment.CurrentManagedThreadId;
        SetSynchronizationContext(this);
        try
        {
            turn();
        }
        finally
        {
            _thread = 0;
            SetSynchronizationContext(before);
        }
    }

    /// <summary>Runs all that is ready, and what becomes ready by that.</summary>
    public void RunReady()
    {
        while (_ready.TryDequeue(out var next))
        {
            next.Callback(next.State);
        }
    }

    /// <summary>Whether the caller is the orchestrator's code in its turn; if not, that is reported.</summary>
    public bool Admits()
    {
        if (!IsHere)
        {
            foreignTask();
        }

        return IsHere;
    }

    /// <exception cref="InvalidOperationException">The caller is not the orchestrator's code in its turn.</exception>
    public void Demand(string member)
    {
        if (!Admits())
        {
            throw new InvalidOperationException($"{member} was called outside of the orchestrator's turn. {NonDeterminism.ForeignTask}");
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsHere)
        {
            _ready.Enqueue((d, state));
        }
        else
        {
            foreignTask();
        }
    }

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (IsHere)
        {
            d(state);
        }
        else
        {
            foreignTask();
        }
    }

    public override SynchronizationContext CreateCopy() => this;
}
