using Usage.Core.Products;
using Usage.Core.Runs;

namespace Usage.Core.Snapshots.Stats;

/// <summary>Adds up groups by product, date and dimension: what a run itself wrote, not what the table held before.</summary>
public sealed class SnapshotStats(ImportMapping mapping)
{
    private readonly Dictionary<(int Product, DateOnly Date, int Dimension), DimensionCounter> _counters = [];

    public void Add(SnapshotGroup group)
    {
        foreach (var snapshot in group.Snapshots)
        {
            var values = snapshot.Values.Span;
            for (var dimension = 0; dimension < values.Length; dimension++)
                if (values[dimension] is { } value) Counter((group.Product, group.Date, dimension)).Add(value);
        }
    }

    public IEnumerable<(ProductId Product, DateOnly Date, DimensionId Dimension, DimensionStats Stats)> ToStats() => _counters
        .OrderBy(pair => pair.Key)
        .Select(pair => (
            mapping.Products[pair.Key.Product].Id,
            pair.Key.Date,
            mapping.Products[pair.Key.Product].Dimensions[pair.Key.Dimension].Id,
            pair.Value.ToStats()));

    private DimensionCounter Counter((int Product, DateOnly Date, int Dimension) key)
    {
        if (!_counters.TryGetValue(key, out var counter)) _counters.Add(key, counter = new DimensionCounter());
        return counter;
    }
}
