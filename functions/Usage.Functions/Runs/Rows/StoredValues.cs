using Usage.Core.Changes;
using Usage.Core.Products;
using Usage.Core.Snapshots;
using Usage.Core.Snapshots.Rows;
using Usage.Storage.Changes;

namespace Usage.Functions.Runs.Rows;

/// <summary>Finds what the values of rows became, in the log of their run.</summary>
public sealed class StoredValues(RunLogs logs)
{
    /// <summary>Pieces of the log that are read for a page, some 100 KB each.</summary>
    private const int MostPieces = 160;

    /// <param name="rows">In order.</param>
    /// <returns>Of each row; of fewer rows where they are all over the log, of one at least.</returns>
    public async Task<IReadOnlyList<IReadOnlyList<StoredValue>>> FindAsync(
        KeptRun run, IReadOnlyList<RereadRow> rows, CancellationToken cancellationToken)
    {
        if (await logs.FindIndexAsync(run.Stored.Run.Id, cancellationToken) is not { } index)
            return [.. rows.Select(_ => Array.Empty<StoredValue>())];
        var (pieces, wanted, count) = (new HashSet<LogPiece>(ReferenceEqualityComparer.Instance), new HashSet<(int, DateOnly, int)>(), 0);
        foreach (var row in rows)
        {
            if (count > 0 && pieces.Count >= MostPieces) break;
            foreach (var group in GroupsOf(row))
                if (wanted.Add(group)) pieces.UnionWith(index.PiecesOf(group.Product, group.Date, group.Block));
            count++;
        }

        var found = await logs.FindAsync(run.Stored.Run.Id, [.. pieces], wanted.Contains, cancellationToken);
        var accounts = found.SelectMany(group => group.Accounts.Select(account => (group.Product, group.Date, account)))
            .ToDictionary(one => (one.Product, one.Date, one.account.Account), one => one.account);
        return [.. rows.Take(count).Select(row => Of(run, row, accounts))];
    }

    private static IEnumerable<(int Product, DateOnly Date, int Block)> GroupsOf(RereadRow row) => row.Account is { } ordinal
        ? row.Values.Where(value => !value.Refused).Select(value => (value.Product, value.Date, Partitioning.Block(ordinal))).Distinct()
        : [];

    private static List<StoredValue> Of(
        KeptRun run, RereadRow row, Dictionary<(int Product, DateOnly Date, int Account), AccountWrites> accounts)
    {
        var stored = new List<StoredValue>();
        foreach (var value in row.Values.Where(value => !value.Refused))
        {
            if (!accounts.TryGetValue((value.Product, value.Date, row.Account!.Value), out var writes)) continue;
            var (product, found) = (run.Mapping.Products[value.Product], writes.Cells.Where(cell => cell.Dimension == value.Dimension));
            var dimension = product.Dimensions[value.Dimension];
            stored.AddRange(found
                .Where(cell => cell.Kind != WriteKind.Superseded)
                .Where(cell => !run.Mapping.AggregateOf(dimension).KeepsOne() || cell.Source.Row == row.Row)
                .Select(cell => new StoredValue(product.Id, value.Date, dimension.Id, cell.New, cell.Old)));
        }

        return stored;
    }
}
