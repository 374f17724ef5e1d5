using System.Text;
using Usage.Core.Files;
using Usage.Core.Files.Reading;
using Usage.Storage.Imports.Rows;
using Usage.Storage.Runs;

namespace Usage.Functions.Changes.Explaining;

/// <summary>The cells of a run's rows as they stand in its file: the copy that was taken when the run was admitted.</summary>
public sealed class RowTexts(RowStretches stretches)
{
    /// <returns>By row; rows that can't be read any more aren't there.</returns>
    public async Task<IReadOnlyDictionary<long, IReadOnlyList<string>>> FindAsync(
        StoredRun run, FilePlan plan, IEnumerable<long> rows, CancellationToken cancellationToken)
    {
        var texts = new Dictionary<long, IReadOnlyList<string>>();
        var wanted = rows.Where(row => row > 0).ToHashSet();
        foreach (var stretch in await stretches.LoadAsync(run, plan, wanted.Order(), cancellationToken))
        {
            using var record = RecordReader.Create(stretch.Text, plan, stretch.Range);
            while (record.Read())
                if (wanted.Contains(record.Row))
                    texts[record.Row] = [.. Enumerable.Range(0, plan.Header.Count)
                        .Select(column => Encoding.UTF8.GetString(record.GetCell(column)))];
        }

        return texts;
    }
}
