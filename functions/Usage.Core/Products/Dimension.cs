using Usage.Core.Ids;
using Usage.Core.Values;

namespace Usage.Core.Products;

/// <summary>One metric of one product.</summary>
public sealed record Dimension
{
    public required DimensionId Id { get; init; }

    public required string Name { get; init; }

    public required DataType DataType { get; init; }

    public Aggregate Aggregate { get; init; } = Aggregate.Last;
}
