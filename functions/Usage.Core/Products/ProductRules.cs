using Usage.Core.Ids;
using Usage.Core.Problems;

namespace Usage.Core.Products;

/// <summary>Checks a product, and that its period stays once snapshots exist or integrations use it.</summary>
public static class ProductRules
{
    public const int MaxNameLength = 200;

    /// <param name="stored">The product as it is; null: it is new.</param>
    /// <param name="hasSnapshots">Its period is locked then.</param>
    /// <param name="usedBy">Integrations that map the product: they need its period.</param>
    /// <returns>Every problem at once; empty when there is none.</returns>
    public static IReadOnlyList<Problem> Validate(
        Product product, Product? stored = null, bool hasSnapshots = false, IReadOnlyCollection<IntegrationId>? usedBy = null)
    {
        var problems = new ProblemList();
        problems.Text("name", product.Name, MaxNameLength);
        if (stored?.SnapshotPeriod is { } period && product.SnapshotPeriod != period)
        {
            var found = product.SnapshotPeriod is { } wanted ? CoreJson.Word(wanted) : "null";
            if (hasSnapshots)
                problems.Conflict(ProblemCode.PeriodLocked, "snapshotPeriod",
                    $"found {found}, expected {CoreJson.Word(period)}: the period can't change once snapshots exist");
            else if (product.SnapshotPeriod is null && usedBy is { Count: > 0 })
                problems.Conflict(ProblemCode.PeriodLocked, "snapshotPeriod",
                    $"found null, expected a period: integration {string.Join(", ", usedBy)} uses the product");
        }
        return problems.Problems;
    }
}
