using Usage.Core.Ids;
using Usage.Core.Products;

namespace Usage.Functions.Products;

/// <summary>The body of <c>PUT /products/{p}</c>.</summary>
public sealed record ProductBody
{
    public required string Name { get; init; }

    public SnapshotPeriod? SnapshotPeriod { get; init; }

    public Product ToProduct(ProductId id, IReadOnlyList<Dimension> dimensions) =>
        new() { Id = id, Name = Name, SnapshotPeriod = SnapshotPeriod, Dimensions = dimensions };
}
