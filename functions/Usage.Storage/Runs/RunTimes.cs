using Azure.Data.Tables;
using Usage.Core.Runs;

namespace Usage.Storage.Runs;

/// <summary>When the stages of a run began; only these two are not told by its record.</summary>
internal static class RunTimes
{
    private const string Writing = "writingAt";
    private const string Finishing = "finishingAt";

    public static void Set(TableEntity entity, RunStage stage, DateTimeOffset at) =>
        entity[stage == RunStage.Writing ? Writing : Finishing] = at;

    /// <param name="queued">Since when it has waited.</param>
    public static IReadOnlyList<RunStep> Of(TableEntity entity, Run run, DateTimeOffset queued)
    {
        var steps = new List<RunStep> { new(RunStepKind.Waiting, queued, null) };
        var reads = run.Kind is not (RunKind.Undo or RunKind.Removal);
        if (run.StartedAt is { } started) Add(reads ? RunStepKind.Reading : RunStepKind.Writing, started);
        if (reads && entity.GetDateTimeOffset(Writing) is { } writing) Add(RunStepKind.Writing, writing);
        if (entity.GetDateTimeOffset(Finishing) is { } finishing) Add(RunStepKind.Finishing, finishing);
        steps[^1] = steps[^1] with { EndedAt = run.CompletedAt };
        var rows = run.HasEnded() ? run.Rows.Read : run.Progress.Rows;
        return [.. steps.Select(step => step.Stage == RunStepKind.Reading ? step with { Rows = rows } : step)];

        void Add(RunStepKind stage, DateTimeOffset at)
        {
            // What is told twice, as by a worker that was thought dead, goes no further back than what came before it.
            at = at < steps[^1].StartedAt ? steps[^1].StartedAt : at;
            steps[^1] = steps[^1] with { EndedAt = at };
            steps.Add(new RunStep(stage, at, null));
        }
    }
}
