using Usage.Core.Ids;

namespace Usage.Core.Products;

/// <summary>What a customer is sold.</summary>
public sealed record Product
{
    public required ProductId Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Null until someone has decided: no integration can use the product before.</summary>
    public SnapshotPeriod? SnapshotPeriod { get; init; }

    public IReadOnlyList<Dimension> Dimensions { get; init; } = [];
}
