using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Functions.Imports;
using Usage.Functions.Imports.Admission;
using Usage.Functions.Imports.Ending;
using Usage.Functions.Imports.Reading;
using Usage.Functions.Imports.Writing;
using Usage.Functions.Runs;
using Usage.Storage.Imports.Writing;

namespace Usage.Functions.Tests.Imports;

/// <summary>
/// Runs <see cref="ImportFile"/> without an engine: answers for the activities, and notes what is called in the order in which it stands in
/// the run's history. Time passes only in timers.
/// </summary>
internal sealed class ImportHistory : TaskOrchestrationContext
{
    public static readonly RunId Run = new("20260304T050607-aaaaaaaaaaaa");
    public static readonly RunId Next = new("20260304T050608-bbbbbbbbbbbb");

    private DateTime _now = new(2026, 3, 4, 5, 6, 7, DateTimeKind.Utc);

    /// <summary>Activities with number and mode, such as <c>WriteSnapshots 0 Write</c>; events with the run that they go to.</summary>
    public List<string> Entries { get; } = [];

    /// <summary>Entries that fail, at every try.</summary>
    public string[] Failing { get; init; } = [];

    /// <summary>What admission and each look at the queue answer; when there are no more, the run has its turn.</summary>
    public Queue<TakeTurn.Output> Turns { get; init; } = [];

    public PlanBatches.Output Plan { get; init; } = new(Ended: false, Batches: 1, Partitions: 1);

    /// <summary>What <see cref="Decide"/> and then <see cref="DecideDuplicate"/> answer.</summary>
    public Queue<Decide.Output> Decisions { get; init; } = new([new(WriteMode.Write, Partitions: 2)]);

    /// <summary>Partitions that a failed run may have begun to write.</summary>
    public int Begun { get; init; }

    /// <summary>Whether the run is woken before it has waited to the end.</summary>
    public bool IsWoken { get; init; }

    public List<TimeSpan> Waits { get; } = [];

    public RunStart? Anew { get; private set; }

    public override TaskName Name => RunScheduler.Orchestration;

    public override string InstanceId => Run.Value;

    public override ParentOrchestrationInstance? Parent => null;

    public override DateTime CurrentUtcDateTime => _now;

    public override bool IsReplaying => false;

    protected override ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

    public async Task<ImportHistory> ImportAsync(RunKind kind = RunKind.Import, bool waiting = false, RunError? failure = null)
    {
        var drop = kind == RunKind.Import ? new Drop("crm/october.csv", "0x1", _now, Force: false) : null;
        await ImportFile.RunAsync(this, new RunStart(Run, kind, waiting) { Drop = drop, Failure = failure });
        return this;
    }

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        Entries.Add(input switch
        {
            ReadBatch.Input read => $"{name} {read.Batch}",
            WriteSnapshots.Input write => $"{name} {write.Partition} {write.Mode}",
            FailRun.Input { Unsettled: true } => $"{name} unsettled",
            FinishRun.Input { Failure: { } failure } => $"{name} {failure.Code}",
            _ => name.Name,
        });
        if (Failing.Contains(Entries[^1]))
            return Task.FromException<TResult>(new TaskFailedException(name, Entries.Count, new IOException("the disk is full")));
        object? answer = name.Name switch
        {
            nameof(AdmitFile) or nameof(TakeTurn) => Turns.Count > 0 ? Turns.Dequeue() : new TakeTurn.Output(TakeTurn.State.Taken),
            nameof(PlanBatches) => Plan,
            nameof(Decide) or nameof(DecideDuplicate) => Decisions.Dequeue(),
            nameof(ImportWhole) => new ImportWhole.Output(Next),
            nameof(BeginWriting) => new BeginWriting.Output(Waits: false),
            nameof(FinishRun) => new FinishRun.Output(Next),
            nameof(FailRun) when input is FailRun.Input { Unsettled: false } && Begun > 0 => new FailRun.Output(null, Begun),
            nameof(FailRun) => new FailRun.Output(Next),
            _ => null,
        };
        return Task.FromResult((TResult)answer!);
    }

    public override async Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        var part = (FanOut.Input)input!;
        Entries.Add($"{orchestratorName} {part.Kind} {part.First}+{part.Count}");
        await FanOut.RunAsync(this, part);
        return default!;
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        Waits.Add(fireAt - _now);
        if (IsWoken) return new TaskCompletionSource().Task;
        _now = fireAt;
        return Task.CompletedTask;
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default) =>
        IsWoken && eventName == RunScheduler.Wake ? Task.FromResult<T>(default!) : new TaskCompletionSource<T>().Task;

    public override void SendEvent(string instanceId, string eventName, object payload) => Entries.Add($"{eventName} {instanceId}");

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) => Anew = (RunStart)newInput!;

    public override T? GetInput<T>()
        where T : default => throw new NotSupportedException();

    public override void SetCustomStatus(object? customStatus) => throw new NotSupportedException();

    public override Guid NewGuid() => throw new NotSupportedException();
}
