using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Usage.Core.Ids;
using Usage.Storage.Snapshots;
using Usage.Storage.Tables;

namespace Usage.Storage.Reports;

/// <summary>
/// All snapshots of a product on a date, in the order of their keys: range after range, the next ones being asked for meanwhile.
/// </summary>
public sealed class DateSnapshotReader(UsageTables tables)
{
    private const int RangesAtOnce = 4;

    /// <summary>What Table Storage gives in one page.</summary>
    private const int MostAtOnce = 1_000;

    /// <summary>Where a snapshot stands among those of its date, to go on after it.</summary>
    public static string Position(string partition, string row) => $"{partition}\n{row}";

    /// <summary>Whether a text is a position among the snapshots of this product and date.</summary>
    public static bool IsPosition(string position, ProductId product, DateOnly date) =>
        position.Split('\n') is [{ Length: > 2 } partition, { Length: > 0 }]
            && partition[1..].StartsWith(SnapshotKeys.PartitionOf(0, product, date)[1..^1], StringComparison.Ordinal)
        && char.IsAsciiHexDigitLower(partition[0]);

    /// <param name="after">A position; null for the beginning.</param>
    /// <param name="atOnce">Most snapshots in memory for each range; never more than 1,000.</param>
    public async IAsyncEnumerable<PlacedSnapshot> ReadAsync(
        ProductId product, DateOnly date, string? after, int atOnce, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var first = after is null ? 0 : Convert.ToInt32(after[..1], 16);
        // The first range alone: a page of a date with many accounts needs no other.
        for (int next = first, count = 1; next < SnapshotKeys.Ranges; next += count, count = RangesAtOnce)
        {
            var ranges = Enumerable.Range(next, Math.Min(count, SnapshotKeys.Ranges - next))
                .Select(range => new RangeReader(
                    tables.Snapshots, Filter(range, product, date, range == first ? after : null), Math.Min(atOnce, MostAtOnce),
                    cancellationToken))
                .ToList();
            try
            {
                await Task.WhenAll(ranges.Select(range => range.BeginAsync()));
                foreach (var range in ranges)
                    await foreach (var entity in range.ReadAsync())
                    {
                        if (StoredSnapshot.Read(entity) is not { } snapshot) continue;
                        yield return new PlacedSnapshot(Position(entity.PartitionKey, entity.RowKey), snapshot);
                    }
            }
            finally
            {
                foreach (var range in ranges) await range.DisposeAsync();
            }
        }
    }

    private static string Filter(int range, ProductId product, DateOnly date, string? after)
    {
        var filter = SnapshotKeys.Range(range, product, date);
        if (after is null) return filter;
        var key = after.Split('\n');
        return filter + TableClient.CreateQueryFilter(
            $" and (PartitionKey gt {key[0]} or (PartitionKey eq {key[0]} and RowKey gt {key[1]}))");
    }

    /// <summary>One range's pages, the first of them asked for ahead.</summary>
    private sealed class RangeReader(UsageTable table, string filter, int atOnce, CancellationToken cancellationToken) : IAsyncDisposable
    {
        // The query heeds the token that it was made with, and no other.
        private readonly IAsyncEnumerator<Azure.Page<TableEntity>> _pages =
            table.QueryAsync<TableEntity>(filter, maxPerPage: atOnce, cancellationToken: cancellationToken).AsPages().GetAsyncEnumerator();

        private bool _more;

        public async Task BeginAsync() => _more = await _pages.MoveNextAsync();

        public async IAsyncEnumerable<TableEntity> ReadAsync()
        {
            for (; _more; _more = await _pages.MoveNextAsync())
                foreach (var entity in _pages.Current.Values) yield return entity;
        }

        public ValueTask DisposeAsync() => _pages.DisposeAsync();
    }
}

/// <summary>A snapshot and where it stands among those of its date.</summary>
public sealed record PlacedSnapshot(string Position, StoredSnapshot Snapshot);
