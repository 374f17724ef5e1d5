using Usage.Core.Files;
using Usage.Core.Integrations;
using Usage.Core.Snapshots.Merging;
using Usage.Core.Snapshots.Rows;
using Usage.Storage.Accounts;
using Usage.Storage.Runs;

namespace Usage.Functions.Runs.Rows;

/// <summary>What is kept of an ended run by which its rows are found and read again.</summary>
/// <param name="Batches">One for each of the plan's.</param>
/// <param name="Newer">Rows that are below what later runs wrote, by these runs.</param>
public sealed record KeptRun(
    StoredRun Stored, ImportMapping Mapping, FilePlan Plan, IReadOnlyList<BatchRows> Batches, RunRows Rows,
    IReadOnlyList<KeptRun.NewerBy> Newer, RosterSnapshot Roster)
{
    public sealed record NewerBy(Core.Ids.RunId Run, RowSet Rows);
}
