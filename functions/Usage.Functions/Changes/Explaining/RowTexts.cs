using Usage.Core.Files;
using Usage.Core.Snapshots.Reading;
using Usage.Core.Snapshots.Rows;
using Usage.Functions.Children;
using Usage.Storage.Accounts;
using Usage.Storage.Imports;
using Usage.Storage.Imports.Rows;
using Usage.Storage.Runs;

namespace Usage.Functions.Changes.Explaining;

/// <summary>
/// The cells of a run's rows as they stand in its file, the copy that was taken when the run was admitted; of a replay or fix, as it mended
/// them.
/// </summary>
public sealed class RowTexts(RowStretches stretches, RunFiles files, ChildReadings children)
{
    /// <returns>By row; rows that can't be read any more aren't there.</returns>
    public async Task<IReadOnlyDictionary<long, IReadOnlyList<string>>> FindAsync(
        StoredRun run, FilePlan plan, RosterSnapshot accounts, IEnumerable<long> rows, CancellationToken cancellationToken)
    {
        var wanted = rows.Where(row => row > 0).ToHashSet();
        var (texts, mapping) = (new CellTexts(plan.Header.Count, wanted), await files.MappingAsync(run.Run.Id, cancellationToken));
        foreach (var stretch in await stretches.LoadAsync(run, plan, wanted.Order(), cancellationToken))
        {
            var child = await children.FindAsync(run.Run, mapping, plan, stretch.Range, accounts, cancellationToken);
            var reader = new BatchReader(
                mapping, plan, accounts.Matcher, new BatchOptions { Partitions = 1, Child = child, Erased = stretch.Erased });
            reader.Read(stretch.Range, stretch.Text, Stream.Null, Stream.Null, Stream.Null, texts, cancellationToken);
        }

        return texts.Found;
    }
}
