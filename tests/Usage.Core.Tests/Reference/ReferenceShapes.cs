using System.Globalization;
using Usage.Core.Integrations;

namespace Usage.Core.Tests.Reference;

/// <summary>What long and wide files mean.</summary>
internal static class ReferenceShapes
{
    /// <summary>Whether a metric is the one that feeds the dimension.</summary>
    public static bool IsOf(MappedDimension dimension, string metric) =>
        string.Equals(dimension.Metric!.Trim(), metric, StringComparison.OrdinalIgnoreCase);

    public static bool Names(MappedProduct product, string metric) => product.Dimensions.Any(dimension => IsOf(dimension, metric));

    /// <summary>No product that has its metrics in the same column names it.</summary>
    public static bool IsUnknown(ImportMapping mapping, LongShape shape, string metric) => !mapping.Products.Any(product =>
        product.Long is { } other && other.MetricColumn.Shares(shape.MetricColumn) && Names(product, metric));

    /// <summary>The columns of a wide file.</summary>
    public static IEnumerable<(int Place, string Name, DateOnly Date)> Dates(IReadOnlyList<string> header, WideShape wide) =>
        from place in Enumerable.Range(0, header.Count)
        let date = DateOnly.TryParseExact(header[place], wide.Header, CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)
            ? read : (DateOnly?)null
        where date is not null
        select (place, header[place], date.Value);

    /// <summary>Metrics that are ignored, in lower case, with the number of their rows.</summary>
    public static IEnumerable<(string Metric, long Rows)> Ignored(
        IReadOnlyList<string> header, IReadOnlyList<ReferenceCsv.Line> records, ImportMapping mapping) =>
        from shape in mapping.Products.Select(product => product.Long).OfType<LongShape>().Take(1)
        where mapping.Products.All(product => product.Long is not { UnknownMetrics: UnknownMetrics.Reject })
        from line in records
        where line.Broken is null
        let cells = ReferenceReading.Whole(line, header, mapping.Integration.File)
        where cells is not null
        let metric = cells[ReferenceReading.Find(header, shape.MetricColumn).Place]
        where IsUnknown(mapping, shape, metric)
        group metric by metric.ToLowerInvariant() into same
        select (same.Key, same.LongCount());
}
