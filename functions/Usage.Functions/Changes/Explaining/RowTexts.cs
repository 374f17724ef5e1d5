using System.Text;
using Usage.Core.Files;
using Usage.Core.Files.Reading;
using Usage.Storage.Imports;
using Usage.Storage.Runs;

namespace Usage.Functions.Changes.Explaining;

/// <summary>The cells of a run's rows as they stand in its file: the copy that was taken when the run was admitted.</summary>
public sealed class RowTexts(RunFiles files, SourceFiles sources)
{
    /// <returns>By row; rows that can't be read any more aren't there.</returns>
    public async Task<IReadOnlyDictionary<long, IReadOnlyList<string>>> FindAsync(
        StoredRun run, FilePlan plan, IEnumerable<long> rows, CancellationToken cancellationToken)
    {
        var texts = new Dictionary<long, IReadOnlyList<string>>();
        foreach (var wanted in rows.Where(row => row > 0).Distinct().Order().GroupBy(row => BatchOf(plan, row)))
            if (wanted.Key is { } batch) await ReadAsync(run, plan, batch, [.. wanted], texts, cancellationToken);
        return texts;
    }

    private async Task ReadAsync(
        StoredRun run, FilePlan plan, BatchRange batch, IReadOnlyList<long> rows, Dictionary<long, IReadOnlyList<string>> texts,
        CancellationToken cancellationToken)
    {
        var text = new byte[batch.Length];
        await using (var content = plan.Staged
            ? await files.OpenStagedAsync(run.Run.Id, batch.Offset, batch.Length, cancellationToken)
            : await sources.OpenAsync(run.Content, batch.Offset, batch.Length, cancellationToken))
            await content.ReadExactlyAsync(text, cancellationToken);
        using var record = RecordReader.Create(text, plan, batch);
        for (var next = 0; next < rows.Count && record.Read();)
        {
            if (record.Row != rows[next]) continue;
            texts[record.Row] = [.. Enumerable.Range(0, plan.Header.Count)
                .Select(column => Encoding.UTF8.GetString(record.GetCell(column)))];
            next++;
        }
    }

    private static BatchRange? BatchOf(FilePlan plan, long row)
    {
        foreach (var batch in plan.Batches)
            if (row >= batch.FirstRow && row < batch.FirstRow + batch.Rows) return batch;
        return null;
    }
}
