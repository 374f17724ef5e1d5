using Usage.Core.Runs;

namespace Usage.Functions.Imports.Steps;

public sealed class FailStep(RunFiles files, EndStep end)
{
    /// <param name="Next">The run that may have the turn now.</param>
    /// <param name="Partitions">Above 0: the run has not been ended, since it may have written; these are to be settled, and the run finished.</param>
    public sealed record Output(RunId? Next, int Partitions = 0);

    /// <param name="unsettled">What was written can't be told.</param>
    public async Task<Output> RunAsync(RunId id, RunError error, bool unsettled, CancellationToken cancel)
    {
        if (unsettled) return Ended(await end.FailAsync(id, error with { Message = $"{error.Message} Some snapshots may have been written before; how many can't be told." }, cancel));
        if (await files.FindDecisionAsync(id, cancel) is { Mode: MergeMode.Write }) return new Output(null, (await files.PlanAsync(id, cancel)).Partitions);
        return Ended(await end.FailAsync(id, error with { Message = $"{error.Message} {RunSummary.NothingWritten}" }, cancel));
    }

    private static Output Ended(EndStep.Output ended) => new(ended.Next);
}
