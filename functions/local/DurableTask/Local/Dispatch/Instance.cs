namespace Microsoft.DurableTask.Local;

/// <summary>An instance that is in memory: its log, and what the log amounts to. Both change only under <see cref="Sync"/>.</summary>
internal sealed class Instance(string id, InstanceLog log, Execution execution)
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _turnState;

    public Lock Sync { get; } = new();

    public string Id { get; } = id;

    public InstanceLog Log { get; } = log;

    public Execution Execution { get; private set; } = execution;

    public Task Started => _started.Task;

    public Task Ended => _ended.Task;

    /// <summary>Set from any thread when its code was seen to await what is not its context's.</summary>
    public volatile bool AwaitedForeignTask;

    /// <summary>Set under <see cref="Sync"/> when a new start took this one's id and log.</summary>
    public bool Replaced { get; set; }

    public bool IsOver => Replaced || Execution.Ending is { ContinuesAsNew: false };

    /// <summary>Puts entries on disk, and only then into effect.</summary>
    public void Record(params IReadOnlyList<Entry> entries)
    {
        Log.Append(entries);
        foreach (var entry in entries)
        {
            Execution.Apply(entry);
        }

        Announce();
    }

    /// <summary>Begins the log anew: continue-as-new.</summary>
    public void Restart(IReadOnlyList<Entry> entries)
    {
        Log.Replace(entries);
        Execution = new((ExecutionStarted)entries[0]);
        foreach (var entry in entries)
        {
            Execution.Apply(entry);
        }
    }

    /// <summary>Lets go those who wait for a start or an end that has come.</summary>
    public void Announce()
    {
        if (Execution.Turns.Count > 0)
        {
            _started.TrySetResult();
        }

        if (Execution.Ending is { ContinuesAsNew: false })
        {
            _ended.TrySetResult();
        }
    }

    /// <summary>True when the caller is to queue it: it is not queued yet. A turn that runs is followed by another.</summary>
    public bool AskForTurn() => Interlocked.Exchange(ref _turnState, 1) == 0;

    /// <summary>What is asked for from now on is for the turn after this one.</summary>
    public void BeginTurn() => Volatile.Write(ref _turnState, 2);

    /// <summary>True when another turn was asked for meanwhile: the caller is to queue it.</summary>
    public bool EndTurn() => Interlocked.CompareExchange(ref _turnState, 0, 2) != 2;
}
