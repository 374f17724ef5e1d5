using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Reports;
using Usage.Core.Snapshots;
using Usage.Storage.Imports.Writing;

namespace Usage.Functions.Imports.Writing;

/// <summary>Adds up what was written of a partition: for the run, and, if the figures are few enough to keep, for report points.</summary>
/// <param name="account">The id of an account by its ordinal.</param>
internal sealed class WrittenGroups(ImportMapping mapping, Func<int, AccountId?> account)
{
    /// <summary>Of figures (dates times dimensions), and of texts, in a partition; further dates are counted from what is stored.</summary>
    private const int MaxFigures = 20_000;

    private readonly Dictionary<(int Product, DateOnly Date), Entry> _dates = [];
    private long _snapshots;
    private long _values;
    private int _figures;
    private int _texts;

    public IssueLog Warnings { get; } = new();

    public void Add(SnapshotGroup group)
    {
        IncompleteTotals.Count(Warnings, mapping, group, account);
        var product = mapping.Products[group.Product];
        if (!_dates.TryGetValue((group.Product, group.Date), out var entry))
        {
            var kept = (_figures += product.Dimensions.Count) <= MaxFigures;
            entry = new Entry(kept ? [.. product.Dimensions.Select(dimension => new PointStats { Type = dimension.DataType })] : null);
            _dates.Add((group.Product, group.Date), entry);
        }

        _snapshots += group.Snapshots.Count;
        entry.Snapshots += group.Snapshots.Count;
        foreach (var snapshot in group.Snapshots)
        {
            var values = snapshot.Values.Span;
            for (var i = 0; i < values.Length; i++)
            {
                if (values[i] is not { } value) continue;
                _values++;
                if (entry.Stats is not { } stats) continue;
                var texts = stats[i].Texts.Count;
                stats[i].Add(value);
                _texts += stats[i].Texts.Count - texts;
                if (_texts <= MaxFigures) continue;
                // Too many texts: this date is counted from what is stored.
                _texts -= stats.Sum(figure => figure.Texts.Count);
                entry.Stats = null;
            }
        }
    }

    public WrittenTally ToTally() => new(
        _snapshots, _values, [.. Ordered().Select(date => new DateTally(Product(date.Key), date.Key.Date, date.Value.Snapshots))]);

    public IReadOnlyList<DatePoints> ToPoints() =>
        [.. Ordered().Select(date => new DatePoints(Product(date.Key), date.Key.Date, Points(date.Key.Product, date.Value)))];

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
    }
}
