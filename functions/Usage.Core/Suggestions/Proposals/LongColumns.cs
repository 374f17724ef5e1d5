using Usage.Core.Products;
using Usage.Core.Suggestions.Columns;
using static System.FormattableString;

namespace Usage.Core.Suggestions.Proposals;

/// <summary>The columns of a file that has one row a metric.</summary>
internal sealed record LongColumns(ColumnProfile Metric, ColumnProfile Value, string Why)
{
    private const int MostMetrics = 200;

    /// <summary>Without the words for nothing; in any case they are one metric.</summary>
    public IReadOnlyList<string> Metrics => [.. Metric.MeantValues.Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <param name="columns">But for those of keys.</param>
    /// <returns>Null: the file has one column a dimension.</returns>
    public static LongColumns? Find(IReadOnlyList<ColumnProfile> columns, IReadOnlyList<Product> products)
    {
        var numeric = columns.Where(column => column.Type == ColumnType.Numeric && !column.Words.SaysOtherId).ToList();
        var value = numeric.Where(column => column.Words.SaysValue).ToList() is [var named] ? named : numeric is [var only] ? only : null;
        if (value is null) return null;
        foreach (var column in columns.Where(one => one.Type == ColumnType.Text && one.Values is { Count: >= 1 and <= MostMetrics }))
        {
            var metrics = column.MeantValues;
            var known = products.Select(product => metrics.Count(metric => DimensionNames.Find(metric, product) is not null))
                .DefaultIfEmpty(0).Max();
            var called = column.Words.SaysMetric || (value.Words.SaysValue && column.Words.SaysEvent);
            if (!called && (known < 2 || known * 2 < metrics.Count)) continue;
            if (called && !value.Words.SaysValue && numeric.Count > 1) continue;
            return new LongColumns(column, value,
                Invariant($"each row has one metric: \"{column.Name}\" has {metrics.Count} different ones")
                + (known > 0 ? Invariant($", {known} of them called as dimensions") : "") + $", and \"{value.Name}\" the number of each");
        }

        return null;
    }
}
