using Usage.Core.Ids;
using Usage.Core.Products;
using Usage.Core.Values;

namespace Usage.Core.Integrations;

public sealed record ProductMapping
{
    public required ProductId Product { get; init; }

    /// <summary>The column with each row's date; null takes the date from the file's arrival.</summary>
    public string? DateColumn { get; init; }

    public IReadOnlyList<DimensionMapping> Dimensions { get; init; } = [];
}

public sealed record DimensionMapping
{
    public required string Column { get; init; }

    public required DimensionId Dimension { get; init; }

    /// <summary>Makes the dimension when the product doesn't have it yet.</summary>
    public NewDimension? Create { get; init; }
}

public sealed record NewDimension
{
    public required string Name { get; init; }

    public required DataType DataType { get; init; }

    public Aggregate Aggregate { get; init; } = Aggregate.Last;
}
