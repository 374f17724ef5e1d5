using Usage.Core.Ids;
using Usage.Core.Problems;
using Usage.Core.Products;
using Usage.Functions.Http;

namespace Usage.Functions.Products;

/// <summary>The body of <c>PUT /products/{p}</c>.</summary>
public sealed record ProductBody : EditedBody
{
    public required string Name { get; init; }

    public SnapshotPeriod? SnapshotPeriod { get; init; }

    /// <summary>As they were read, or left out: each is changed under its own address.</summary>
    public IReadOnlyList<Dimension>? Dimensions { get; init; }

    /// <returns>What speaks against it beside the dimensions that are there.</returns>
    public IReadOnlyList<Problem> Contradicts(IReadOnlyList<Dimension> there) =>
    Dimensions is null || Dimensions.SequenceEqual(there) ? [] :
    [
        new Problem(ProblemCode.DimensionsApart, "dimensions",
            "found other dimensions than the product has, expected them as they are, or none: "
            + "PUT /api/products/{product}/dimensions/{dimension} changes one") { Kind = ProblemKind.Conflict },
    ];

    public Product ToProduct(ProductId id, IReadOnlyList<Dimension> dimensions) =>
        new() { Id = id, Name = Name, SnapshotPeriod = SnapshotPeriod, Dimensions = dimensions };
}
