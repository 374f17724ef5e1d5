using System.Globalization;
using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Functions.Notices;
using Usage.Functions.Pulls.Downloads;
using Usage.Storage.Runs;

namespace Usage.Functions.Pulls;

/// <summary>A pull that failed is a run like another, with its reason: one for all rounds of the pull.</summary>
public sealed class FailedPulls(RunStore runs, RunNotices notices, TimeProvider clock)
{
    public async Task WriteAsync(RecordPull.Input input, CancellationToken cancellationToken)
    {
        var id = PullStamp.Run(input.Integration, input.Stamp);
        var now = clock.GetUtcNow();
        var message = $"The pull failed: {input.Outcome.Message}. {Prospect(input)}";
        var before = (await runs.FindAsync(id, cancellationToken))?.Run;
        var run = new Run
        {
            Id = id,
            Integration = input.Integration,
            Version = input.Outcome.Version,
            Kind = RunKind.Import,
            Status = RunStatus.Failed,
            By = Drop.Pulled,
            ArrivedAt = before?.ArrivedAt ?? input.BeganAt,
            StartedAt = before?.StartedAt ?? input.BeganAt,
            CompletedAt = now,
            Progress = new RunProgress(RunStage.Done, 0, 0),
            Issues = [new RunIssue { Code = IssueCode.PullFailed, Severity = Severity.Error, Count = input.Round,
                Samples = [new IssueSample(null, null, null, message)] }],
            Error = new RunError(IssueCode.PullFailed, message),
        };
        if (before is not null || !await runs.AddAsync(run, RunSource.NeverDropped, cancellationToken))
            await runs.SaveAsync(run, cancellationToken);
        if (input.NextAt is null) await notices.AnnounceAsync(run, cancellationToken);
    }

    /// <summary>The failure stays on record; it says how it ended.</summary>
    public async Task WriteMendedAsync(RecordPull.Input input, CancellationToken cancellationToken)
    {
        if ((await runs.FindAsync(PullStamp.Run(input.Integration, input.Stamp), cancellationToken))?.Run is not { Error: { } error } run)
            return;
        var reason = error.Message.Split(" It is tried again at ")[0];
        await runs.SaveAsync(
            run with { Error = error with { Message = $"{reason} Round {input.Round} went well: {input.Outcome.Message}." } },
            cancellationToken);
    }

    private static string Prospect(RecordPull.Input input) => input.NextAt is { } next
        ? string.Create(CultureInfo.InvariantCulture,
            $"It is tried again at {next.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} (round {input.Round} failed).")
        : $"It is tried again at its next scheduled time, or by POST /api/integrations/{input.Integration}/pull.";
}
