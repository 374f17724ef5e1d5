using Usage.Core.Ids;

namespace Usage.Core.Products;

/// <summary>How often a product's usage is captured; it decides the date of a snapshot.</summary>
public enum SnapshotPeriod { Single, Daily, Weekly, Monthly, Quarterly, Yearly }

/// <summary>What a customer is sold.</summary>
public sealed record Product : ISigned
{
    public required ProductId Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Null until it is decided; an integration can't use the product before.</summary>
    public SnapshotPeriod? SnapshotPeriod { get; init; }

    public IReadOnlyList<Dimension> Dimensions { get; init; } = [];

    public string? By { get; init; }

    public DateTimeOffset? At { get; init; }

    public ISigned Signed(string? by, DateTimeOffset? at) => this with { By = by, At = at };
}
