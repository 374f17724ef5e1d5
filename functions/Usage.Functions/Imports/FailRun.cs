using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Usage.Core.Runs;
using Usage.Functions.Imports.Steps;
using Usage.Storage.Tables;

namespace Usage.Functions.Imports;

/// <summary>Ends a run whose steps can't be done, with a sentence for people; the log has the rest. One that has begun to write is settled first.</summary>
public sealed class FailRun(FailStep step)
{
    private const int LongestText = 1_000;

    /// <param name="Details">For the log.</param>
    /// <param name="Unsettled">What was written can't be told.</param>
    public sealed record Input(RunId Run, RunError Error, string Details, bool Unsettled = false)
    {
        public static Input Of(RunId run, TaskFailedException failed)
        {
            var text = failed.FailureDetails.ToString();
            var details = text.Length <= LongestText ? text : text[..LongestText];
            return new Input(run, new RunError(IssueCode.ImportFailed, Explain(failed)), details);
        }

        private static string Explain(TaskFailedException failed)
        {
            for (var cause = failed.FailureDetails; cause is not null; cause = cause.InnerFailure)
                if (cause.ErrorType == typeof(TableLimitException).FullName)
                    return $"The file makes something that Table Storage doesn't take: {cause.ErrorMessage}.";
            return "The file could not be processed: a step failed again and again, for a reason that isn't in the file. "
                + "The app's log tells more under the run's id. Drop the file again once the cause is mended.";
        }
    }

    [Function(nameof(FailRun))]
    public Task<FailStep.Output> RunAsync([ActivityTrigger] Input input, CancellationToken cancel) => step.RunAsync(input, cancel);
}
