using Usage.Core.Ids;
using Usage.Core.Integrations.Columns;
using Usage.Core.Products;
using Usage.Core.Values;
using Usage.Core.Values.Numbers;

namespace Usage.Core.Integrations;

/// <summary>
/// Everything that decides what a file means, pinned when the run is admitted, so that later edits of the integration or its products,
/// retries and late starts change nothing.
/// </summary>
public sealed record ImportMapping
{
    public required Integration Integration { get; init; }

    /// <summary>In the order of the integration's products.</summary>
    public required IReadOnlyList<MappedProduct> Products { get; init; }

    /// <summary>The file's arrival in the configured time zone: automatic dates and the limit of future dates depend on it.</summary>
    public required DateOnly ArrivalDate { get; init; }

    /// <summary>The configured time zone's id, for messages.</summary>
    public required string TimeZone { get; init; }

    /// <summary>All columns that the mapping reads, each once.</summary>
    public IReadOnlyList<ColumnNames> Columns() =>
    [
        .. Integration.Match.Select(rule => rule.Column)
            .Concat(Products.SelectMany(product => product.Dimensions.Select(dimension => dimension.Column)))
            .Concat(DateColumns())
            .DistinctBy(column => string.Join('\n', column.Names.Select(CellText.Name)), StringComparer.OrdinalIgnoreCase),
    ];

    public IReadOnlyList<ColumnNames> DateColumns() => [.. Products.Select(product => product.DateColumn).OfType<ColumnNames>().Distinct()];

    /// <summary>Of all products, those whose cells are read as this type.</summary>
    public IEnumerable<MappedDimension> Read(DataType type) =>
        // A dimension that only counts its column's cells would be none of them: it reads nothing of what they say.
        Products.SelectMany(product => product.Dimensions).Where(dimension => dimension.DataType == type);
}

public sealed record MappedProduct
{
    public required ProductId Id { get; init; }

    public required string Name { get; init; }

    public required SnapshotPeriod Period { get; init; }

    /// <summary>Null: the date comes from the file's arrival.</summary>
    public ColumnNames? DateColumn { get; init; }

    public required IReadOnlyList<MappedDimension> Dimensions { get; init; }
}

public sealed record MappedDimension
{
    public required ColumnNames Column { get; init; }

    public required DimensionId Id { get; init; }

    public required DataType DataType { get; init; }

    public required Aggregate Aggregate { get; init; }

    public NumberFormat? Number { get; init; }

    public BooleanFormat? Boolean { get; init; }
}
