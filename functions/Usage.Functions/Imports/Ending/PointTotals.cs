using Usage.Core.Ids;
using Usage.Core.Reports;
using Usage.Storage.Imports.Writing;

namespace Usage.Functions.Imports.Ending;

/// <summary>The figures of all partitions for the report points, as long as they are few enough to keep.</summary>
public sealed class PointTotals
{
    private const int MaxTexts = 100_000;

    private readonly Dictionary<(ProductId Product, DateOnly Date), Dictionary<DimensionId, PointStats>?> _dates = [];
    private int _texts;

    public void Add(IReadOnlyList<DatePoints> partition)
    {
        foreach (var date in partition) Add(date);
    }

    /// <summary>By date; null where the figures aren't complete.</summary>
    public IEnumerable<IGrouping<ProductId, (DateOnly Date, IReadOnlyDictionary<DimensionId, PointStats>? Stats)>> ByProduct() =>
        _dates.OrderBy(date => date.Key.Date)
            .GroupBy(date => date.Key.Product, date => (date.Key.Date, (IReadOnlyDictionary<DimensionId, PointStats>?)date.Value));

    private void Add(DatePoints points)
    {
        var key = (points.Product, points.Date);
        var known = _dates.TryGetValue(key, out var sum);
        if (points.Stats is not { } stats || (known && sum is null))
        {
            _dates[key] = null;
            return;
        }

        sum ??= [];
        foreach (var (dimension, figure) in stats)
        {
            if (!sum.TryGetValue(dimension, out var total)) sum.Add(dimension, total = new PointStats { Type = figure.Type });
            _texts -= total.Texts.Count;
            total.Add(figure);
            _texts += total.Texts.Count;
        }

        _dates[key] = _texts > MaxTexts || sum.Values.Any(total => total.Overflowed) ? null : sum;
        if (_dates[key] is null) _texts -= sum.Values.Sum(total => total.Texts.Count);
    }
}
