using System.Runtime.CompilerServices;
using Usage.Core.Integrations;

namespace Usage.Core.Snapshots.Merging;

/// <summary>
/// Merges one partition's slices of all batches, in bounded memory however skewed the file is: a buffer for each slice and one
/// group of snapshots. The order of the slices, and how the file was cut into batches, change nothing of the result. For one use.
/// </summary>
public sealed class PartitionMerge(ImportMapping mapping, MergeOptions options)
{
    private readonly MergeCounter _counter = new(mapping);

    /// <summary>The result; complete once the sequence has ended.</summary>
    public MergeTally Tally => _counter.ToTally();

    /// <summary>The clean rows of which some value took part, as <see cref="RowSet.Pack"/> has them; complete with the tally.</summary>
    public byte[] Recorded { get; private set; } = [];

    /// <param name="slices">One for each batch that has entries of the partition; disposed at the end. They are read in small steps and
    /// should buffer little.</param>
    /// <exception cref="InvalidDataException">A slice is broken.</exception>
    public async IAsyncEnumerable<SnapshotGroup> ReadAsync(
        IEnumerable<Stream> slices, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var entries = new SortedEntries(slices);
        // A child merges rows of others too.
        using var rows = new MergedRows(
            options.Rows, passesOver: !mapping.Integration.AllowMultipleRowsPerCustomer && options.Accounts is null);
        var builder = new GroupBuilder(mapping, options, _counter, rows);
        while (await entries.MoveNextAsync(cancellationToken).ConfigureAwait(false))
        {
            if (options.Accounts?.Invoke(entries.Current.Key.Ordinal) == false) continue;
            rows.Give(entries.Current.Key.Row, entries.Current.Clean);
            if (builder.IsOtherGroup(entries.Current.Key) && builder.Finish() is { } finished) yield return finished;
            builder.Add(entries.Current);
        }

        if (builder.Finish() is { } last) yield return last;
        _counter.RecordedRows = rows.Recorded.Count();
        _counter.PassedOver = rows.CountPassedOver();
        Recorded = RowSet.Pack(rows.Recorded.Rows());
    }

    /// <summary>Merges for the figures alone.</summary>
    public async Task<MergeTally> CountAsync(IEnumerable<Stream> slices, CancellationToken cancellationToken = default)
    {
        await foreach (var _ in ReadAsync(slices, cancellationToken).ConfigureAwait(false))
        {
            // Counted as it passes.
        }

        return Tally;
    }
}

public sealed record MergeOptions
{
    /// <summary>Rows read in the whole file; a bit is kept for each while a partition is merged.</summary>
    public required long Rows { get; init; }

    /// <summary>Accounts (ordinals) that are merged; null: all are.</summary>
    public Func<int, bool>? Accounts { get; init; }

    /// <summary>Shares of rows up to this one are given with each group; 0 outside of test runs.</summary>
    public long PreviewRows { get; init; }
}
