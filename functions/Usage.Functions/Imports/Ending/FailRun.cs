using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Storage.Imports;
using Usage.Storage.Imports.Writing;
using Usage.Storage.Runs;
using Usage.Storage.Tables;

namespace Usage.Functions.Imports.Ending;

/// <summary>
/// Fails a run that can't go on, with a sentence for people; the log has the rest. One that may have begun to write is not failed yet: what
/// it wrote is to be counted first.
/// </summary>
public sealed partial class FailRun(RunStore runs, RunFiles files, RunEnd end, ILogger<FailRun> logger)
{
    /// <summary>What is said of a failure that only the log can explain.</summary>
    public const string NotTheFile = "The file could not be processed: a step failed again and again, for a reason that isn't in the file. "
        + "The app's log tells more under the run's id. Drop the file again once the cause is mended.";

    private const int LongestDetails = 1_000;

    /// <param name="Details">For the log.</param>
    /// <param name="Unsettled">What was written couldn't be counted.</param>
    public sealed record Input(RunId Run, RunError Error, string Details, bool Unsettled = false)
    {
        public static Input Of(RunId run, TaskFailedException failed)
        {
            var text = failed.FailureDetails.ToString();
            var details = text.Length <= LongestDetails ? text : text[..LongestDetails];
            return new Input(run, new RunError(IssueCode.ImportFailed, Explain(failed)), details);
        }

        private static string Explain(TaskFailedException failed)
        {
            for (var cause = failed.FailureDetails; cause is not null; cause = cause.InnerFailure)
                if (cause.ErrorType == typeof(TableLimitException).FullName)
                    return $"The file makes something that Table Storage doesn't take: {cause.ErrorMessage}.";
            return NotTheFile;
        }
    }

    /// <param name="Next">The run that may have the turn now.</param>
    /// <param name="Partitions">Above 0: the run goes on, since it may have written; these are to be settled, and the run finished.</param>
    public sealed record Output(RunId? Next, int Partitions = 0);

    [Function(nameof(FailRun))]
    public async Task<Output> RunAsync([ActivityTrigger] Input input, CancellationToken cancellationToken)
    {
        var id = input.Run;
        LogFailed(id, (await runs.GetAsync(id, cancellationToken)).Run.Integration, input.Details);
        if (!input.Unsettled && await files.FindDecisionAsync(id, cancellationToken) is { Mode: WriteMode.Write })
            return new Output(null, (await files.PlanAsync(id, cancellationToken)).Partitions);
        var written = input.Unsettled
            ? "Some snapshots may have been written before; how many can't be told."
            : RunSummary.NothingWritten;
        return new Output(await end.FailAsync(id, input.Error with { Message = $"{input.Error.Message} {written}" }, cancellationToken));
    }

    [LoggerMessage(LogLevel.Error, "Run {Run} of {Integration} can't go on: {Details}")]
    private partial void LogFailed(RunId run, IntegrationId? integration, string details);
}
