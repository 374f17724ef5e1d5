using Usage.Core.Ids;
using Usage.Core.Values;

namespace Usage.Core.Products;

/// <summary>
/// How values that fall on the same date are merged; for text and boolean dimensions only by <see cref="Last"/> or <see cref="First"/>.
/// <see cref="Count"/> takes cells of any kind: it is the number of those that aren't blank.
/// </summary>
public enum Aggregate { Last, Sum, Min, Max, Average, First, Count }

/// <summary>One metric of one product.</summary>
public sealed record Dimension
{
    public required DimensionId Id { get; init; }

    public required string Name { get; init; }

    public required DataType DataType { get; init; }

    public Aggregate Aggregate { get; init; } = Aggregate.Last;
}
