using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Storage.Children;
using Usage.Storage.Runs;

namespace Usage.Functions.Runs;

/// <summary>Starts previews that take longer than a request may: each is a run of kind test that tells the counts at its end.</summary>
public sealed class LargePreviews(RunStore runs, PreviewPlans plans, TimeProvider clock)
{
    /// <summary>The orchestration that counts.</summary>
    public const string Orchestration = "PreviewChanges";

    /// <param name="by">Who asks.</param>
    /// <param name="of">The run that is to be mended or undone.</param>
    public async Task<RunId> StartAsync(DurableTaskClient client, string by, Run of, PreviewPlan plan, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var id = RunIdText.Unique(now, Guid.NewGuid());
        await plans.AddAsync(id, plan, cancellationToken);
        var run = new Run
        {
            Id = id,
            Integration = of.Integration,
            Version = of.Version,
            Kind = RunKind.Test,
            Status = RunStatus.Queued,
            ArrivedAt = now,
            Parent = of.Id,
            By = by,
        };
        await runs.AddAsync(run, RunSource.None(id), cancellationToken);
        await client.ScheduleNewOrchestrationInstanceAsync(
            Orchestration, id, new StartOrchestrationOptions(id.Value), cancellationToken);
        return id;
    }
}

/// <summary>How much is previewed while a request waits.</summary>
public sealed record PreviewLimits
{
    /// <summary>Values that are compared. Default 100,000.</summary>
    public long MaxValues { get; init; } = 100_000;

    /// <summary>Rows of the file that is read. Default 1,000,000.</summary>
    public long MaxRows { get; init; } = 1_000_000;
}
