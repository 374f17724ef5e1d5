using Usage.Core.Changes;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Reports;
using Usage.Core.Snapshots;
using Usage.Storage.Imports.Writing;

namespace Usage.Functions.Imports.Writing;

/// <summary>What was written of each date; and, where the run is the first to write it, the figures of its report points.</summary>
internal sealed class DateFigures(ImportMapping mapping, WriteBasis basis)
{
    /// <summary>Of figures (dates times dimensions), and of texts, in a partition; further dates are counted from what is stored.</summary>
    private const int MaxFigures = 20_000;

    private readonly Dictionary<(int Product, DateOnly Date), Entry> _dates = [];
    private long _snapshots;
    private long _values;
    private int _figures;
    private int _texts;

    public void Add(GroupWrites group)
    {
        if (!_dates.TryGetValue((group.Product, group.Date), out var entry))
            _dates.Add((group.Product, group.Date), entry = NewEntry(group.Product, group.Date));
        foreach (var account in group.Accounts)
        {
            var standing = account.Cells.Count(cell => cell.Kind != WriteKind.Superseded);
            if (standing == 0) continue;
            _snapshots++;
            entry.Snapshots++;
            _values += standing;
            entry.IsTouched |= account.IsSent();
            Add(entry, account);
        }
    }

    public WrittenTally ToTally() => new(
        _snapshots, _values,
        [.. Ordered().Where(date => date.Value.Snapshots > 0)
            .Select(date => new DateTally(Product(date.Key), date.Key.Date, date.Value.Snapshots))]);

    public IReadOnlyList<DatePoints> ToPoints() =>
        [.. Ordered().Where(date => date.Value.IsTouched)
            .Select(date => new DatePoints(Product(date.Key), date.Key.Date, Points(date.Key.Product, date.Value)))];

    private Entry NewEntry(int product, DateOnly date)
    {
        var dimensions = mapping.Products[product].Dimensions;
        if (basis.Find(mapping.Products[product].Id, date) is { IsThere: true }) return new Entry(null);
        var kept = (_figures += dimensions.Count) <= MaxFigures;
        return new Entry(kept ? [.. dimensions.Select(dimension => new PointStats { Type = dimension.DataType })] : null);
    }

    private void Add(Entry entry, AccountWrites account)
    {
        foreach (var cell in account.Cells)
        {
            if (entry.Stats is not { } stats || cell.Kind == WriteKind.Superseded || cell.New is not { } value) continue;
            var texts = stats[cell.Dimension].Texts.Count;
            stats[cell.Dimension].Add(value);
            _texts += stats[cell.Dimension].Texts.Count - texts;
            if (_texts <= MaxFigures) continue;
            // Too many texts: this date is counted from what is stored.
            _texts -= stats.Sum(figure => figure.Texts.Count);
            entry.Stats = null;
        }
    }

    private Dictionary<DimensionId, PointStats>? Points(int product, Entry entry)
    {
        if (entry.Stats is not { } stats || stats.Any(figure => figure.Overflowed)) return null;
        return mapping.Products[product].Dimensions.Zip(stats)
            .Where(figure => figure.Second.Accounts > 0).ToDictionary(figure => figure.First.Id, figure => figure.Second);
    }

    private ProductId Product((int Product, DateOnly Date) key) => mapping.Products[key.Product].Id;

    private IEnumerable<KeyValuePair<(int Product, DateOnly Date), Entry>> Ordered() =>
        _dates.OrderBy(date => date.Key.Product).ThenBy(date => date.Key.Date);

    private sealed class Entry(PointStats[]? stats)
    {
        public PointStats[]? Stats { get; set; } = stats;

        public long Snapshots { get; set; }

        /// <summary>Something became another.</summary>
        public bool IsTouched { get; set; }
    }
}
