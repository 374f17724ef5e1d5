using Microsoft.Extensions.Logging;
using Usage.Core.Integrations;
using Usage.Core.Runs;
using Usage.Storage.Runs;

namespace Usage.Functions.Imports.Steps;

public sealed partial class FailStep(RunStore runs, RunFiles files, EndStep end, ILogger<FailStep> logger)
{
    /// <param name="Next">The run that may have the turn now.</param>
    /// <param name="Partitions">Above 0: the run has not been ended, since it may have written; these are to be settled, and the run finished.</param>
    public sealed record Output(RunId? Next, int Partitions = 0);

    public async Task<Output> RunAsync(FailRun.Input input, CancellationToken cancel)
    {
        var id = input.Run;
        LogFailed(id, (await runs.GetAsync(id, cancel)).Run.Integration, input.Details);
        if (input.Unsettled) return await EndAsync(id, input.Error, "Some snapshots may have been written before; how many can't be told.", cancel);
        if (await files.FindDecisionAsync(id, cancel) is { Mode: MergeMode.Write }) return new Output(null, (await files.PlanAsync(id, cancel)).Partitions);
        return await EndAsync(id, input.Error, RunSummary.NothingWritten, cancel);
    }

    private async Task<Output> EndAsync(RunId id, RunError error, string written, CancellationToken cancel) =>
        new((await end.FailAsync(id, error with { Message = $"{error.Message} {written}" }, cancel)).Next);

    [LoggerMessage(LogLevel.Error, "Run {Run} of {Integration} is given up: {Details}")]
    private partial void LogFailed(RunId run, IntegrationId? integration, string details);
}
