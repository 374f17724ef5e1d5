using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Core.Runs;

namespace Usage.Functions.Notices;

/// <summary>
/// What a receiver is told: enough to know whether to look. Cells of the file aren't in it; <c>GET /runs/{id}</c> has the rest.
/// </summary>
public sealed record RunNotice(string Type, DateTimeOffset Timestamp, RunNotice.Summary Run)
{
    public const string RunEnded = "run.ended";

    public static RunNotice Of(Run run) => new(RunEnded, run.CompletedAt ?? run.ArrivedAt, new Summary(
        run.Id, run.Integration, run.Version, run.Blob, run.Status, run.ArrivedAt, run.StartedAt, run.CompletedAt,
        run.Rows, run.Snapshots, run.Values, run.DuplicateOf, run.Error));

    public sealed record Summary(
        RunId Id, IntegrationId? Integration, int Version, string? Blob, RunStatus Status,
        DateTimeOffset ArrivedAt, DateTimeOffset? StartedAt, DateTimeOffset? CompletedAt,
        RowCounts Rows, long Snapshots, long Values, RunId? DuplicateOf, RunError? Error);
}
