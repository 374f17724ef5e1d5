using Usage.Core.Ids;
using Usage.Core.Problems;
using Usage.Core.Products;

namespace Usage.Functions.TestRuns;

/// <summary>A product that isn't there yet, as a suggestion gives it.</summary>
public sealed record DraftProduct
{
    public required ProductId Id { get; init; }

    public required string Name { get; init; }

    public required SnapshotPeriod SnapshotPeriod { get; init; }

    public IReadOnlyList<Dimension> Dimensions { get; init; } = [];

    /// <summary>For people; it is not looked at.</summary>
    public string? Why { get; init; }

    public Product ToProduct() => new() { Id = Id, Name = Name, SnapshotPeriod = SnapshotPeriod, Dimensions = Dimensions };

    /// <returns>All that the product would be refused for.</returns>
    public IReadOnlyList<Problem> FindProblems() =>
    [
        .. ProductRules.Validate(ToProduct()),
        .. Dimensions.SelectMany((dimension, place) => DimensionRules.Validate(dimension)
            .Select(problem => problem with { Path = $"dimensions[{place}].{problem.Path}" })),
    ];
}
