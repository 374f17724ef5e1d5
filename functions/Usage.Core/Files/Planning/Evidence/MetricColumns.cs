using System.Text;
using System.Text.Json;
using Usage.Core.Files.Reading;
using Usage.Core.Files.Shapes;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Products;
using Usage.Core.Values;
using Usage.Core.Values.Numbers;
using Usage.Core.Values.Proofs;

namespace Usage.Core.Files.Planning.Evidence;

/// <summary>
/// Collects from the rows that are not broken what the values of a long file's metrics prove, and which metrics no dimension names.
/// </summary>
/// <param name="decimals">Is told of the numbers.</param>
/// <param name="ignored">Is told of metrics that no dimension names, unless their rows are rejected.</param>
internal sealed class MetricColumns(
    ImportMapping mapping, ColumnMap columns, DecimalColumns decimals, WordList tokens, IgnoredLog ignored)
{
    private const int MaxUnknown = 100;
    private const int MaxBytes = 256;
    private const string Others = "other metrics that no dimension names";

    private readonly MetricColumn[] _columns =
    [
        .. mapping.Products.Where(product => product.Long is not null)
            .GroupBy(product => columns.Find(product.Long!.MetricColumn))
            .Select(products => new MetricColumn(products.Key, [.. products], mapping, columns)),
    ];

    public bool Any => _columns.Length > 0;

    public void Observe(RecordReader row)
    {
        if (row.Broken is not null) return;
        foreach (var column in _columns)
        {
            if (column.Metrics.Find(row.GetCell(column.Index)) is { } metric) Observe(row, metric);
            else if (!column.Rejects) Ignore(row, column);
        }
    }

    public IEnumerable<Verdict> Decide() =>
        _columns.SelectMany(column => column.All).SelectMany(metric => metric.Booleans).Select(boolean => boolean.Proof.Decide());

    private void Observe(RecordReader row, Metric metric)
    {
        foreach (var (column, name, reader) in metric.Numbers) decimals.Observe(row, column, name, reader);
        foreach (var (column, proof) in metric.Booleans) BooleanColumns.Observe(row, column, proof, tokens);
    }

    private void Ignore(RecordReader row, MetricColumn column)
    {
        var metric = row.GetCell(column.Index);
        var name = Encoding.UTF8.GetString(metric[..Math.Min(metric.Length, MaxBytes)]);
        if (!column.Unknown.TryGetValue(name, out var why))
        {
            why = column.Unknown.Count < MaxUnknown ? $"metric \"{CellText.Shown(name)}\", which no dimension names" : null;
            if (why is not null) column.Unknown.Add(name, why);
        }

        // One sample tells enough of a metric; there may be a hundred of them.
        if (why is not null) ignored.Add(why, row.Line, row.Csv.RawRecord, mostSamples: 1);
        else ignored.Add(Others, row.Line, row.Csv.RawRecord);
    }

    private sealed class MetricColumn
    {
        public MetricColumn(int index, MappedProduct[] products, ImportMapping mapping, ColumnMap columns)
        {
            Index = index;
            Rejects = products.Any(product => product.Long!.UnknownMetrics == UnknownMetrics.Reject);
            Metrics = new(products.SelectMany(product => product.Dimensions), dimensions =>
            {
                var metric = Metric.Of(dimensions, mapping, columns);
                All.Add(metric);
                return metric;
            });
        }

        public int Index { get; }

        public bool Rejects { get; }

        public List<Metric> All { get; } = [];

        public MetricNames<Metric> Metrics { get; }

        /// <summary>Why rows of an unknown metric are ignored, by the metric.</summary>
        public Dictionary<string, string> Unknown { get; } = new(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The columns in which values of a metric stand that are read as numbers or booleans.</summary>
    private sealed record Metric(
        IReadOnlyList<(int Column, string Name, NumberReader Numbers)> Numbers, IReadOnlyList<(int Column, BooleanProof Proof)> Booleans)
    {
        public static Metric Of(IReadOnlyList<MappedDimension> dimensions, ImportMapping mapping, ColumnMap columns)
        {
            var read = dimensions.Where(dimension => mapping.AggregateOf(dimension) != Aggregate.Count)
                .Select(dimension => new ReadColumn(
                    dimension, columns.Find(dimension.Column!), columns.NameOf(dimension.Column!)))
                .ToArray();
            return new Metric(
                [.. read.Where(one => one.Dimension.DataType == DataType.Numeric)
                    .DistinctBy(one => (one.Column, JsonSerializer.Serialize(one.Dimension.Number, CoreJson.Options)))
                    .Select(one => (one.Column, one.Name, new NumberReader(one.Dimension.Number)))],
                [.. read.Where(one => one.Dimension is { DataType: DataType.Boolean, Boolean: null })
                    .DistinctBy(one => one.Column)
                    .Select(one => (one.Column, new BooleanProof(one.Name, CellText.Trim(one.Dimension.Metric!))))]);
        }
    }
}
