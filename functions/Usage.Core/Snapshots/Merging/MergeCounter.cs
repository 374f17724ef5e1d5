using Usage.Core.Integrations;

namespace Usage.Core.Snapshots.Merging;

/// <summary>Counts groups as they are finished.</summary>
internal sealed class MergeCounter(ImportMapping mapping)
{
    private readonly Dictionary<(int Product, DateOnly Date), long> _dates = [];
    private long _snapshots;
    private long _values;
    private long _groups;

    /// <summary>Clean rows of which a value took part.</summary>
    public long RecordedRows { get; set; }

    /// <inheritdoc cref="MergeTally.PassedOver"/>
    public long PassedOver { get; set; }

    public void Add(SnapshotGroup group)
    {
        _groups++;
        _snapshots += group.Snapshots.Count;
        foreach (var snapshot in group.Snapshots) _values += snapshot.Count();
        _dates[(group.Product, group.Date)] = _dates.GetValueOrDefault((group.Product, group.Date)) + group.Snapshots.Count;
    }

    public MergeTally ToTally() => new()
    {
        RecordedRows = RecordedRows,
        TookPart = RecordedRows,
        PassedOver = PassedOver,
        Snapshots = _snapshots,
        Values = _values,
        Groups = _groups,
        Dates = [.. _dates
            .Select(date => new DateTally(mapping.Products[date.Key.Product].Id, date.Key.Date, date.Value))
            .OrderBy(tally => tally.Product.Value, StringComparer.Ordinal).ThenBy(tally => tally.Date)],
    };
}
