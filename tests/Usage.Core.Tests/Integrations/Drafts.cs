using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Integrations.Rules;
using Usage.Core.Products;
using Usage.Core.Values;

namespace Usage.Core.Tests.Integrations;

/// <summary>An integration without a fault and the products that it maps, for tests to spoil.</summary>
internal static class Drafts
{
    public static readonly Product Platform = new()
    {
        Id = new("platform"),
        Name = "Platform",
        SnapshotPeriod = SnapshotPeriod.Monthly,
        Dimensions = [new() { Id = new("mau"), Name = "MAU", DataType = DataType.Numeric, Aggregate = Aggregate.Sum }],
    };

    public static readonly Product Storage = new() { Id = new("storage"), Name = "Storage", SnapshotPeriod = SnapshotPeriod.Daily };

    public static readonly Product Undecided = new() { Id = new("undecided"), Name = "Undecided" };

    public static readonly Dictionary<ProductId, Product> Products = new[] { Platform, Storage, Undecided }.ToDictionary(p => p.Id);

    public static readonly Integration Good = new()
    {
        Id = new("platform-usage"),
        Version = 3,
        Name = "Platform usage",
        Match = [new() { By = MatchBy.CrmId, Column = "customer_id" }],
        AllowMultipleRowsPerCustomer = true,
        Products = [Mapping("platform", null, new DimensionMapping { Column = "mau", Dimension = new("mau") })],
    };

    public static ProductMapping Mapping(string product, string? dateColumn, params DimensionMapping[] dimensions) =>
        new() { Product = new(product), DateColumn = dateColumn, Dimensions = dimensions };

    /// <summary>The good one with other dimensions.</summary>
    public static Integration With(params DimensionMapping[] dimensions) =>
        Good with { Products = [Mapping("platform", null, dimensions)] };

    public static DimensionMapping New(string column, string dimension, string name, DataType type, Aggregate aggregate = Aggregate.Last) =>
        new() { Column = column, Dimension = new(dimension), Create = new() { Name = name, DataType = type, Aggregate = aggregate } };

    /// <summary>Code, path and message of each problem, in one line each.</summary>
    public static string[] Check(Integration integration, int maxDimensions = 240) =>
        [.. IntegrationRules.Validate(integration, Products, maxDimensions).Select(p => $"{p.Kind} {p.Code} {p.Path}: {p.Message}")];
}
