using Usage.Core.Snapshots.Rows;
using Usage.Storage.Imports.Rows;

namespace Usage.Functions.Runs.Rows;

/// <summary>Counts the different texts that were found where rows have an issue of one code.</summary>
public sealed class IssueValues(RowFiles files)
{
    /// <summary>Texts that are told, the first in the order of the rows.</summary>
    private const int Most = 1_000;

    /// <summary>Batches of which the texts are fetched at the same time.</summary>
    private const int AtOnce = 8;

    /// <param name="Others">Issues that have another text.</param>
    public sealed record Values(IReadOnlyList<Value> Items, long Others);

    /// <param name="Column">Null for the row as a whole.</param>
    /// <param name="Found">Shortened, as in the messages; empty where nothing was.</param>
    public sealed record Value(string? Column, string Found, long Count);

    /// <param name="column">In any case; null: all.</param>
    public async Task<Values> CountAsync(KeptRun run, string code, string? column, CancellationToken cancellationToken)
    {
        var (places, values, others) = (new Dictionary<(string? Column, string Found), int>(), new List<Value>(), 0L);
        var query = new RowQuery(null, code, column, null);
        foreach (var some in run.Plan.Batches.Select(batch => batch.Index).Where(Has).Chunk(AtOnce))
        {
            var parts = await Task.WhenAll(some.Select(batch => LoadAsync(run, batch, cancellationToken)));
            foreach (var (batch, found) in some.Zip(parts))
                foreach (var text in found)
                    if (run.Batches[batch].Findings[text.Finding] is var finding && query.Fits(finding)) Add(finding.Column, text);
        }

        return new Values(values, others);

        bool Has(int batch) => run.Batches[batch].Findings.Any(query.Fits);

        void Add(string? of, FoundText text)
        {
            if (places.TryGetValue((of, text.Text), out var place))
                values[place] = values[place] with { Count = values[place].Count + text.Count };
            else if (values.Count == Most) others += text.Count;
            else
            {
                places.Add((of, text.Text), values.Count);
                values.Add(new Value(of, text.Text, text.Count));
            }
        }
    }

    private async Task<IReadOnlyList<FoundText>> LoadAsync(KeptRun run, int batch, CancellationToken cancellationToken)
    {
        var kept = run.Batches[batch];
        return RowTable.Found(
            await files.ReadAsync(run.Stored.Run.Id, batch, kept.FoundAt, kept.Length - kept.FoundAt, cancellationToken));
    }
}
