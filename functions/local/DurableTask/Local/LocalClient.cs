using Microsoft.DurableTask.Client;

namespace Microsoft.DurableTask.Local;

/// <summary>The client of a runtime in the same process.</summary>
internal sealed class LocalClient(DurableRuntime runtime) : DurableTaskClient("local")
{
    private static readonly string[] s_notEnded =
        [nameof(OrchestrationRuntimeStatus.Pending), nameof(OrchestrationRuntimeStatus.Running), nameof(OrchestrationRuntimeStatus.Suspended)];

    private InstanceStore Store => runtime.Engine.Store;

    private DataConverter Converter => runtime.Options.DataConverter;

    public override Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        ArgumentException.ThrowIfNullOrEmpty(orchestratorName.Name);
        var start = new ExecutionStarted
        {
            InstanceId = options?.InstanceId ?? Guid.NewGuid().ToString("N"),
            ExecutionId = Guid.NewGuid(),
            Name = orchestratorName,
            Version = options?.Version?.Version ?? string.Empty,
            Input = Converter.Serialize(input),
            Tags = options?.Tags,
            ScheduledStart = options?.StartAt?.UtcDateTime,
            CreatedAt = runtime.Engine.Now,
        };
        return Task.FromResult(Start(start, options?.DedupeStatuses ?? []));
    }

    public override Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        return Post(instanceId, new EventRaised(eventName, Converter.Serialize(eventPayload)), cancellation);
    }

    public override Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
        => Post(instanceId, new TerminateAsked(Converter.Serialize(options?.Output), options?.Recursive ?? false), cancellation);

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
        => Post(instanceId, new SuspendAsked(reason), cancellation);

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
        => Post(instanceId, new ResumeAsked(reason), cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
        => WaitAsync(instanceId, instance => instance.Started, getInputsAndOutputs, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
        => WaitAsync(instanceId, instance => instance.Ended, getInputsAndOutputs, cancellation);

    public override Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return Task.FromResult(Store.Entry(instanceId) is { } entry ? new Queries(Store, Converter).Describe(entry, getInputsAndOutputs) : null);
    }

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
        => Pageable.Create((continuation, size, cancellation) =>
        {
            cancellation.ThrowIfCancellationRequested();
            return Task.FromResult(new Queries(Store, Converter).Page(filter ?? new(), continuation, size));
        });

    public override Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return Task.FromResult(new PurgeResult(new Purges(Store, runtime.Options.TimeProvider).Purge(instanceId, options?.Recursive ?? false)));
    }

    public override Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
        => Task.Run(() => new Purges(Store, runtime.Options.TimeProvider).Purge(filter, options?.Recursive ?? false, cancellation), cancellation);

    public override Task<string> RestartAsync(
        string instanceId, bool restartWithNewInstanceId = false, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var (_, execution) = Store.Find(instanceId) is { } live ? (0, live.Execution) : Store.Load(instanceId)
            ?? throw new ArgumentException($"An orchestration with the instance id '{instanceId}' was not found.", nameof(instanceId));
        return Task.FromResult(Start(
            new()
            {
                InstanceId = restartWithNewInstanceId ? Guid.NewGuid().ToString("N") : instanceId,
                ExecutionId = Guid.NewGuid(),
                Name = execution.Start.Name,
                Version = execution.Start.Version,
                Input = execution.Start.Input,
                Tags = execution.Start.Tags,
                CreatedAt = runtime.Engine.Now,
            },
            []));
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private string Start(ExecutionStarted start, IReadOnlyList<string> refusing)
    {
        InstanceIds.Check(start.InstanceId);
        var status = Store.Entry(start.InstanceId)?.Status.ToString();
        var created = refusing.Except(s_notEnded).Contains(status, StringComparer.OrdinalIgnoreCase) ? null : Store.Create(start, out _);
        if (created is null)
        {
            throw new InvalidOperationException(
                $"An orchestration with the instance id '{start.InstanceId}' already exists and is {status ?? "about to start"}; "
                + "expected a free id, or one whose instance has ended.");
        }

        runtime.Engine.Admit(created);
        return start.InstanceId;
    }

    private Task Post(string instanceId, Message message, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        runtime.Engine.Post(Store.Find(instanceId), message);
        return Task.CompletedTask;
    }

    private async Task<OrchestrationMetadata> WaitAsync(
        string instanceId, Func<Instance, Task> moment, bool getInputsAndOutputs, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        if (Store.Find(instanceId) is { } live)
        {
            await moment(live).WaitAsync(cancellation);
        }

        return await GetInstancesAsync(instanceId, getInputsAndOutputs, cancellation)
            ?? throw new InvalidOperationException($"An orchestration with the instance id '{instanceId}' was not found.");
    }
}
