using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Usage.Functions.Notices;

namespace Usage.Functions.Tests.Notices;

/// <summary>Runs <see cref="NotifyRun"/> without an engine, which would wait for hours.</summary>
internal sealed class NoticeHistory : TaskOrchestrationContext
{
    /// <summary>With which the sending fails in the end.</summary>
    public string? Failure { get; init; }

    public List<string> Called { get; } = [];

    public RetryPolicy? Policy { get; private set; }

    public object? LastInput { get; private set; }

    public override TaskName Name => nameof(NotifyRun);

    public override string InstanceId => "notify";

    public override ParentOrchestrationInstance? Parent => null;

    public override DateTime CurrentUtcDateTime => throw new NotSupportedException();

    public override bool IsReplaying => false;

    protected override ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        Called.Add(name.Name);
        (LastInput, Policy) = (input, options?.Retry?.Policy);
        return Failure is not null && name.Name == nameof(SendNotice)
            ? Task.FromException<TResult>(new TaskFailedException(name, Called.Count, new IOException(Failure)))
            : Task.FromResult<TResult>(default!);
    }

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null) => throw new NotSupportedException();

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public override void SendEvent(string instanceId, string eventName, object payload) => throw new NotSupportedException();

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
        throw new NotSupportedException();

    public override T? GetInput<T>()
        where T : default => throw new NotSupportedException();

    public override void SetCustomStatus(object? customStatus) => throw new NotSupportedException();

    public override Guid NewGuid() => throw new NotSupportedException();
}
