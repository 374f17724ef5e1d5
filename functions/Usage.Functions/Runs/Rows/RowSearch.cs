using Usage.Core.Files;
using Usage.Core.Snapshots.Rows;
using Usage.Functions.Children;
using Usage.Storage.Imports.Rows;

namespace Usage.Functions.Runs.Rows;

/// <summary>
/// Finds the rows of a page. What is kept of the batches says which of them may have such rows; of those it looks through so much as can be
/// read in a fraction of a second, and says how far it came.
/// </summary>
public sealed class RowSearch(RowFiles files, RowStretches stretches, ChildReadings children)
{
    /// <summary>Bytes of the batches' tables that one search reads: of accounts those of 4 million rows.</summary>
    private const long MostOfTables = 16 << 20;

    /// <summary>Bytes of the file that one search reads again.</summary>
    private const long MostOfFile = 6 << 20;

    /// <summary>Batches of which the tables are fetched at the same time.</summary>
    private const int AtOnce = 8;

    private const int FirstRead = 512;
    private const int MostRead = 32_768;

    /// <param name="Rows">In order.</param>
    /// <param name="Through">All rows up to this one were looked through; null: all rows.</param>
    public sealed record Found(List<long> Rows, long? Through);

    private sealed record Part(BatchRange Batch, byte[] Marks, byte[] Segments);

    /// <param name="after">Rows behind this one.</param>
    /// <param name="most">So many rows at most.</param>
    public async Task<Found> FindAsync(KeptRun run, RowFilter filter, long after, int most, CancellationToken cancellationToken)
    {
        var (rows, through, tables) = (new List<long>(), after, 0L);
        if (filter.Query(run.Roster) is not { } query) return new Found(rows, null);
        var reading = new ValueReading(run, filter, stretches, children);
        var batches = run.Plan.Batches.Where(batch => batch.FirstRow + batch.Rows - 1 > after)
            .Where(batch => filter.MayBeIn(run.Batches[batch.Index]) && query.MayBeIn(batch, run.Batches[batch.Index], run.Rows)).ToList();
        // Most pages are full after the first one.
        for (var (next, count) = (0, 1); next < batches.Count; next += count, count = AtOnce)
        {
            var parts = await Task.WhenAll(batches.Skip(next).Take(count).Select(batch => LoadAsync(run, query, batch, cancellationToken)));
            foreach (var part in parts)
            {
                var kept = run.Batches[part.Batch.Index];
                var wanted = filter.IsOfValues ? int.MaxValue : most - rows.Count;
                var found = query.Find(part.Batch, kept, run.Rows, part.Marks, part.Segments, after, wanted);
                if (!filter.IsOfValues) rows.AddRange(found);
                else if (await reading.AddAsync(found, rows, most, cancellationToken) is { } stopped) return new Found(rows, stopped);
                if (rows.Count >= most) return new Found(rows, rows[^1]);
                through = part.Batch.FirstRow + part.Batch.Rows - 1;
                tables += part.Marks.Length + part.Segments.Length;
            }

            if (tables >= MostOfTables && next + count < batches.Count) return new Found(rows, through);
        }

        return new Found(rows, null);
    }

    private async Task<Part> LoadAsync(KeptRun run, RowQuery query, BatchRange batch, CancellationToken cancellationToken)
    {
        var (id, kept) = (run.Stored.Run.Id, run.Batches[batch.Index]);
        var marks = query.NeedsMarks(kept)
            ? files.ReadAsync(id, batch.Index, kept.MarksAt, kept.FoundAt - kept.MarksAt, cancellationToken) : Nothing;
        var segments = query.NeedsAccounts ? files.ReadAsync(id, batch.Index, 0, kept.SeveralAt, cancellationToken) : Nothing;
        return new Part(batch, await marks, await segments);
    }

    private static Task<byte[]> Nothing { get; } = Task.FromResult<byte[]>([]);

    /// <summary>Reads rows again to see which values they give, more at a time the fewer of them are such.</summary>
    private sealed class ValueReading(KeptRun run, RowFilter filter, RowStretches stretches, ChildReadings children)
    {
        private int _next = FirstRead;
        private long _read;

        /// <param name="candidates">In order.</param>
        /// <param name="rows">Such rows are added to these.</param>
        /// <param name="most">Of them all.</param>
        /// <param name="cancellationToken">Gives up.</param>
        /// <returns>The last row that was looked at where enough was read; null: all were.</returns>
        public async Task<long?> AddAsync(IReadOnlyList<long> candidates, List<long> rows, int most, CancellationToken cancellationToken)
        {
            for (var at = 0; at < candidates.Count;)
            {
                if (_read >= MostOfFile) return candidates[at] - 1;
                var some = candidates.Skip(at).Take(_next).ToHashSet();
                foreach (var stretch in await stretches.LoadAsync(run.Stored, run.Plan, some.Order(), cancellationToken))
                {
                    _read += stretch.Text.Length;
                    var reading = await children.RereadAsync(
                        run.Stored.Run, run.Mapping, run.Plan, stretch.Range, run.Roster, cancellationToken);
                    var found = await reading.FindAsync(stretch, value => filter.Fits(run.Mapping, value));
                    rows.AddRange(found.Where(some.Contains).Take(most - rows.Count));
                }

                if (rows.Count >= most) return rows[^1];
                at += some.Count;
                _next = Math.Min(_next * 4, MostRead);
            }

            return null;
        }
    }
}
