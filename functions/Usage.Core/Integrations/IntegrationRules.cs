using Usage.Core.Problems;
using Usage.Core.Products;

namespace Usage.Core.Integrations;

/// <summary>What an integration must be, checked as a whole.</summary>
public static class IntegrationRules
{
    /// <param name="products">All that are there; at least those that the integration names.</param>
    /// <returns>Every problem at once; empty when there is none.</returns>
    public static IReadOnlyList<Problem> Validate(Integration integration, IReadOnlyDictionary<ProductId, Product> products)
    {
        var problems = new List<Problem>();
        foreach (var (mapping, i) in integration.Products.Select((m, i) => (m, i)))
        {
            if (!products.TryGetValue(mapping.Product, out var product))
                problems.Add(new(ProblemCode.UnknownProduct, $"products[{i}].product", $"found \"{mapping.Product}\", which is no product") { Kind = ProblemKind.Conflict });
            else if (product.SnapshotPeriod is null)
                problems.Add(new(ProblemCode.NoSnapshotPeriod, $"products[{i}].product", $"product \"{mapping.Product}\" has no snapshot period; set it with PUT /api/products/{mapping.Product}") { Kind = ProblemKind.Conflict });
        }
        return problems;
    }
}
