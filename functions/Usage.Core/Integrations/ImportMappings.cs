using Usage.Core.Ids;
using Usage.Core.Products;
using Usage.Core.Values.Columns;

namespace Usage.Core.Integrations;

/// <summary>Pins what an integration means at one moment.</summary>
public static class ImportMappings
{
    /// <param name="integration">Free of problems, see <see cref="Rules.IntegrationRules"/>.</param>
    /// <param name="origin">Where the file's own date is looked for.</param>
    /// <param name="arrivedAt">The blob's last-modified time.</param>
    /// <param name="zone">The configured time zone.</param>
    /// <exception cref="InvalidOperationException">The integration has problems: validate it first.</exception>
    public static ImportMapping Pin(
        Integration integration, IReadOnlyDictionary<ProductId, Product> products, FileOrigin origin, DateTimeOffset arrivedAt,
        TimeZoneInfo zone)
    {
        var arrival = SnapshotDates.ArrivalDate(arrivedAt, zone);
        var (date, error) = FileDates.Find(integration, origin, arrival);
        return new ImportMapping
        {
            Integration = integration,
            Products = [.. integration.Products.Select(p => Pin(p, products.GetValueOrDefault(p.Product)))],
            ArrivalDate = arrival,
            FileDate = date,
            FileDateError = error,
            TimeZone = zone.Id,
        };
    }

    private static MappedProduct Pin(ProductMapping mapping, Product? product)
    {
        if (product?.SnapshotPeriod is not { } period)
            throw new InvalidOperationException(
                $"product {mapping.Product} is missing or has no snapshot period; run IntegrationRules.Validate before pinning");
        return new MappedProduct
        {
            Id = product.Id,
            Name = product.Name,
            Period = period,
            DateColumn = mapping.DateColumn,
            Long = mapping.Long,
            Wide = mapping.Wide,
            Dimensions = [.. mapping.Feeds().Select(feed => Pin(feed, mapping.Long?.ValueColumn ?? feed.Column, product))],
        };
    }

    /// <summary>A stored dimension counts, whatever the mapping says about creating it.</summary>
    private static MappedDimension Pin(DimensionMapping mapping, ColumnNames? column, Product product)
    {
        var (type, aggregate) = (product.Dimensions.FirstOrDefault(d => d.Id == mapping.Dimension), mapping.Create) switch
        {
            ({ } existing, _) => (existing.DataType, existing.Aggregate),
            (null, { } created) => (created.DataType, created.Aggregate),
            _ => throw new InvalidOperationException(
                $"product {product.Id} has no dimension {mapping.Dimension}; run IntegrationRules.Validate before pinning"),
        };
        return new MappedDimension
        {
            Column = column,
            Metric = mapping.Metric,
            Id = mapping.Dimension,
            DataType = type,
            Aggregate = aggregate,
            Number = mapping.Number,
            Boolean = mapping.Boolean,
        };
    }
}
