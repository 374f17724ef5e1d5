using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Core.Products;
using Usage.Core.Values;
using Usage.Core.Values.Columns;
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

    /// <summary>The date of products without a date column; null: it comes from the arrival.</summary>
    public FileDate? FileDate { get; init; }

    /// <summary>Why the run fails before its file is read: the file's date is missing, or wrong.</summary>
    public RunError? FileDateError { get; init; }

    /// <summary>The configured time zone's id, for messages.</summary>
    public required string TimeZone { get; init; }

    /// <summary>All columns that the mapping reads by name, each once; those of wide products are found by their dates.</summary>
    public IReadOnlyList<ColumnNames> Columns() =>
    [
        .. Integration.Match.Select(rule => rule.Column)
            .Concat(Products.SelectMany(product => product.Dimensions.Select(dimension => dimension.Column)).OfType<ColumnNames>())
            .Concat(Products.Select(product => product.Long?.MetricColumn).OfType<ColumnNames>())
            .Concat(DateColumns())
            .DistinctBy(column => column.Key),
    ];

    /// <summary>Whether what was pinned of products and dimensions still holds.</summary>
    public bool Fits(IReadOnlyDictionary<ProductId, Product> now) => Misfit(now, only: null, missingToo: true) is null;

    /// <param name="now">All products.</param>
    /// <param name="only">The product that is asked about; null: all that are mapped.</param>
    /// <param name="missingToo">A dimension that is gone counts too.</param>
    /// <returns>What isn't as it was pinned, as half a sentence; null: all is.</returns>
    public string? Misfit(IReadOnlyDictionary<ProductId, Product> now, ProductId? only, bool missingToo)
    {
        foreach (var pinned in Products.Where(pinned => (only ?? pinned.Id) == pinned.Id))
        {
            if (now.GetValueOrDefault(pinned.Id) is not { } product) return $"product \"{pinned.Id}\" isn't there any more";
            if (product.SnapshotPeriod != pinned.Period)
                return $"the period of product \"{pinned.Id}\" was {CoreJson.Word(pinned.Period)}, and is "
                    + (product.SnapshotPeriod is { } other ? CoreJson.Word(other) : "none");
            foreach (var fed in pinned.Dimensions)
            {
                var there = product.Dimensions.FirstOrDefault(dimension => dimension.Id == fed.Id);
                if (there is null && missingToo) return $"dimension \"{fed.Id}\" of product \"{pinned.Id}\" isn't there any more";
                if (there is not null && there.DataType != fed.DataType)
                    return $"dimension \"{fed.Id}\" of product \"{pinned.Id}\" was {CoreJson.Word(fed.DataType)}, and is "
                        + CoreJson.Word(there.DataType);
            }
        }

        return null;
    }

    /// <summary>How a dimension's values are merged. Without history later values overwrite earlier ones, whatever they are.</summary>
    public Aggregate AggregateOf(MappedDimension dimension) =>
        Integration.AllowMultipleRowsPerCustomer ? dimension.Aggregate : Aggregate.Last;

    public IReadOnlyList<ColumnNames> DateColumns() => [.. Products.Select(product => product.DateColumn).OfType<ColumnNames>().Distinct()];

    /// <summary>The formats in which wide products' headers have their dates, each once.</summary>
    public IReadOnlyList<string> DateHeaders() => [.. Products.Select(product => product.Wide?.Header).OfType<string>().Distinct()];
}

public sealed record MappedProduct
{
    public required ProductId Id { get; init; }

    public required string Name { get; init; }

    public required SnapshotPeriod Period { get; init; }

    /// <summary>Null: the date is the file's, see <see cref="ImportMapping.FileDate"/>.</summary>
    public ColumnNames? DateColumn { get; init; }

    public LongShape? Long { get; init; }

    public WideShape? Wide { get; init; }

    public required IReadOnlyList<MappedDimension> Dimensions { get; init; }
}

public sealed record MappedDimension
{
    /// <summary>Of a long product the column of all values. Null in a wide product, of which the header tells the columns.</summary>
    public required ColumnNames? Column { get; init; }

    /// <summary>Of a long product: the rows of this metric feed the dimension.</summary>
    public string? Metric { get; init; }

    public required DimensionId Id { get; init; }

    public required DataType DataType { get; init; }

    /// <summary>Without history it says nothing: see <see cref="ImportMapping.AggregateOf"/>.</summary>
    public required Aggregate Aggregate { get; init; }

    public NumberFormat? Number { get; init; }

    public BooleanFormat? Boolean { get; init; }
}
