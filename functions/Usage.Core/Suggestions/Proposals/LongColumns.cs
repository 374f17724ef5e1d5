using System.Text;
using Usage.Core.Products;
using Usage.Core.Suggestions.Columns;
using Usage.Core.Suggestions.Samples;
using static System.FormattableString;

namespace Usage.Core.Suggestions.Proposals;

/// <summary>The columns of a file that has one row a metric.</summary>
/// <param name="Mixed">What the values of each metric are, where they aren't all numbers; null: they are.</param>
internal sealed record LongColumns(
    ColumnProfile Metric, ColumnProfile Value, string Why, IReadOnlyDictionary<string, ColumnProfile>? Mixed = null)
{
    private const int MostMetrics = 200;

    /// <summary>What the values of a metric are.</summary>
    public ColumnProfile Of(string metric) => Mixed?[metric] ?? Value;

    /// <summary>Without the words for nothing; in any case they are one metric.</summary>
    public IReadOnlyList<string> Metrics => [.. Metric.MeantValues.Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <param name="table">Is read once more where one column has values of several kinds.</param>
    /// <param name="columns">But for those of keys.</param>
    /// <returns>Null: the file has one column a dimension.</returns>
    public static LongColumns? Find(SampleTable table, IReadOnlyList<ColumnProfile> columns, IReadOnlyList<Product> products)
    {
        var numeric = columns.Where(column => column.Type == ColumnType.Numeric && !column.Words.SaysOtherId).ToList();
        if (numeric.Where(column => column.Words.SaysValue).ToList() is [var named]) return Find(columns, numeric, named, products);
        if (numeric is [var only]) return Find(columns, numeric, only, products);
        var others = columns.Where(column => column.Words.SaysValue && column.Type is ColumnType.Text or ColumnType.Boolean).ToList();
        if (others is not [var mixed]) return null;
        var found = Find([.. columns.Where(column => column != mixed)], numeric, mixed, products);
        return found is null ? null : found with { Mixed = found.Look(table) };
    }

    private static LongColumns? Find(
        IReadOnlyList<ColumnProfile> columns, List<ColumnProfile> numeric, ColumnProfile value, IReadOnlyList<Product> products)
    {
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
                + (known > 0 ? Invariant($", {known} of them called as dimensions") : "")
                + $", and \"{value.Name}\" the {Kind(value)} of each");
        }

        return null;
    }

    private static string Kind(ColumnProfile value) => value.Type == ColumnType.Numeric ? "number" : "value";

    private Dictionary<string, ColumnProfile> Look(SampleTable table)
    {
        var profiles = Metrics.ToDictionary(
            metric => metric, metric => new ColumnProfile(metric, Value.Place), StringComparer.OrdinalIgnoreCase);
        table.Read(row =>
        {
            var metric = Encoding.UTF8.GetString(row.GetCell(Metric.Place));
            if (profiles.TryGetValue(metric, out var profile)) profile.Observe(row.GetCell(Value.Place), row.Row);
        });
        foreach (var profile in profiles.Values) profile.Conclude();
        return profiles;
    }
}
