using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask.Local;

/// <summary>The context of one replay: collects what the code decides and completes its tasks with the answers of the history.</summary>
internal sealed class OrchestrationContext(
    ExecutionStarted start, OrchestratorThread thread, DataConverter converter, ILoggerFactory loggers) : TaskOrchestrationContext
{
    private readonly Dictionary<int, TaskCompletionSource<Answer>> _open = [];
    private readonly ExternalEvents _events = new(converter);
    private List<Decision> _decisions = [];
    private List<int> _cancelledTimers = [];
    private DateTime _now;
    private bool _isReplaying;
    private int _nextId;
    private int _nextGuid;

    public override TaskName Name => start.Name;

    public override string InstanceId => start.InstanceId;

    public override string Version => start.Version;

    public override ParentOrchestrationInstance? Parent { get; }
        = start.Parent is { } parent ? new(parent.Name, parent.InstanceId) : null;

    public override DateTime CurrentUtcDateTime => _now;

    public override bool IsReplaying => _isReplaying;

    protected override ILoggerFactory LoggerFactory => loggers;

    public IReadOnlyList<Decision> Decisions => _decisions;

    public IReadOnlyList<int> CancelledTimers => _cancelledTimers;

    public CustomStatus? NewCustomStatus { get; private set; }

    public ContinueAsNewOptions? Continuation { get; private set; }

    public IReadOnlyList<EventRaised> KeptEvents => _events.Kept;

    /// <summary>Whether an answer or event could still wake the code up.</summary>
    public bool CanGoOn => _open.Count > 0 || _events.HasWaits;

    public void BeginTurn(DateTime now, bool isReplaying)
    {
        _now = now;
        _isReplaying = isReplaying;
        _decisions = [];
        _cancelledTimers = [];
        NewCustomStatus = null;
    }

    public void Take(Answer answer)
    {
        // The answer to a timer that was cancelled meanwhile finds nobody.
        if (_open.Remove(answer.TaskId, out var waiting))
        {
            waiting.TrySetResult(answer);
        }
    }

    public void Take(EventRaised raised) => _events.Raise(raised);

    public override T? GetInput<T>()
        where T : default => converter.Deserialize<T>(start.Input);

    /// <summary>For a host that knows the input's type only as an object.</summary>
    public object? GetInput(Type type) => converter.Deserialize(start.Input, type);

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        thread.Demand(nameof(CallActivityAsync));
        if (input is TaskOptions && options is null)
        {
            throw new ArgumentException(
                $"Found a {nameof(TaskOptions)} as the activity's input and none as its options; name the argument: 'options:'.", nameof(input));
        }

        var version = options?.Version?.Version ?? Version;
        return Retries.RunAsync(this, options?.Retry, () => CallAsync<TResult>(
            name, new ActivityScheduled(_nextId++, name, version, converter.Serialize(input))));
    }

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        thread.Demand(nameof(CallSubOrchestratorAsync));
        var instanceId = (options as SubOrchestrationOptions)?.InstanceId ?? NewGuid().ToString("N");
        InstanceIds.Check(instanceId);
        var version = options?.Version?.Version ?? string.Empty;
        return Retries.RunAsync(this, options?.Retry, () => CallAsync<TResult>(
            orchestratorName, new ChildScheduled(_nextId++, orchestratorName, instanceId, version, converter.Serialize(input))
            {
                Tags = options?.Tags?.ToDictionary(),
            }));
    }

    public override async Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        thread.Demand(nameof(CreateTimer));
        var timer = new TimerCreated(_nextId++, fireAt.ToUniversalTime());
        var waiting = Decide(timer);
        using var registration = cancellationToken.Register(() =>
        {
            if (thread.Admits() && _open.Remove(timer.Id))
            {
                _cancelledTimers.Add(timer.Id);
                waiting.TrySetCanceled(cancellationToken);
            }
        });
        await waiting.Task;
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        thread.Demand(nameof(WaitForExternalEvent));
        return _events.Wait<T>(eventName, cancellationToken);
    }

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        thread.Demand(nameof(SendEvent));
        ArgumentException.ThrowIfNullOrWhiteSpace(instanceId);
        _decisions.Add(new EventSent(_nextId++, instanceId, eventName, converter.Serialize(payload)));
    }

    public override void SetCustomStatus(object? customStatus)
    {
        thread.Demand(nameof(SetCustomStatus));
        NewCustomStatus = new(converter.Serialize(customStatus));
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
        => ContinueAsNew(new ContinueAsNewOptions { NewInput = newInput, PreserveUnprocessedEvents = preserveUnprocessedEvents });

    public override void ContinueAsNew(ContinueAsNewOptions options)
    {
        thread.Demand(nameof(ContinueAsNew));
        ArgumentNullException.ThrowIfNull(options);
        Continuation = options;
    }

    public override Guid NewGuid()
    {
        thread.Demand(nameof(NewGuid));
        return DeterministicGuid.Create(InstanceId, _now, _nextGuid++);
    }

    private async Task<T> CallAsync<T>(string name, Decision decision) => await Decide(decision).Task switch
    {
        ActivityAnswered answer => ResultOf<T>(name, answer, answer.Result, answer.Failure),
        ChildAnswered answer => ResultOf<T>(name, answer, answer.Result, answer.Failure),
        var other => throw new InvalidOperationException($"{decision.Describe()} was answered by a {other.GetType().Name}."),
    };

    private T ResultOf<T>(string name, Answer answer, string? result, Failure? failure) => failure is null
        ? converter.Deserialize<T>(result)!
        : throw new TaskFailedException(name, answer.TaskId, failure.Details) { IsNonRetriable = failure.NonRetriable };

    private TaskCompletionSource<Answer> Decide(Decision decision)
    {
        var waiting = new TaskCompletionSource<Answer>();
        _decisions.Add(decision);
        _open.Add(decision.Id, waiting);
        return waiting;
    }
}
