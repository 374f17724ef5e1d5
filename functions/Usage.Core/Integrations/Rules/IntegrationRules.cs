using Usage.Core.Ids;
using Usage.Core.Problems;
using Usage.Core.Products;
using static System.FormattableString;

namespace Usage.Core.Integrations.Rules;

/// <summary>
/// Checks an integration on its own and against the stored products. Its addresses are checked with the other outbound ones.
/// </summary>
public static class IntegrationRules
{
    public const int MaxNameLength = 200;
    public const int MaxMatchRules = 10;
    public const int MaxProducts = 50;

    /// <param name="products">The stored ones; at least those that the integration names.</param>
    /// <param name="maxDimensions">The most that a product may have, including those that the integration makes.</param>
    /// <returns>Every problem and warning at once; empty when there is none.</returns>
    public static IReadOnlyList<Problem> Validate(
        Integration integration, IReadOnlyDictionary<ProductId, Product> products, int maxDimensions = DimensionRules.DefaultMaxPerProduct)
    {
        var problems = new ProblemList();
        problems.Text("name", integration.Name, MaxNameLength);
        CheckMatch(problems, integration.Match);
        CheckProducts(problems, integration, products, maxDimensions);
        AggregateEffectRules.Check(problems, integration, products);
        ColumnRoleRules.Check(problems, integration, products);
        FileFormatRules.Check(problems, integration.File);
        CheckPolicy(problems, integration.OnError);
        return problems.Problems;
    }

    private static void CheckMatch(ProblemList problems, IReadOnlyList<MatchRule> rules)
    {
        if (rules.Count == 0)
            problems.Open("match",
                "found none, expected at least one rule, such as {\"by\": \"crmId\", \"column\": \"customer_id\"}");
        problems.AtMost("match", rules.Count, MaxMatchRules, "rules");
        var seen = new List<MatchRule>();
        for (var i = 0; i < rules.Count; i++)
        {
            if (rules[i] is not { } rule)
                problems.Wrong(ProblemCode.Required, $"match[{i}]", "found null, expected a rule with by and column");
            else if (ColumnRoleRules.CheckColumn(problems, $"match[{i}].column", rule.Column))
            {
                if (seen.Any(other => other.By == rule.By && other.Column.Shares(rule.Column)))
                    problems.Wrong(ProblemCode.Duplicate, $"match[{i}]",
                        $"found a second rule for column {rule.Column} and the same key, expected one");
                seen.Add(rule);
            }
        }
    }

    private static void CheckProducts(
        ProblemList problems, Integration integration, IReadOnlyDictionary<ProductId, Product> products, int maxDimensions)
    {
        var mappings = integration.Products;
        if (mappings.Count == 0) problems.Wrong(ProblemCode.Required, "products", "found none, expected at least one product");
        problems.AtMost("products", mappings.Count, MaxProducts, "products");
        var seen = new HashSet<ProductId>();
        for (var i = 0; i < mappings.Count; i++)
        {
            if (mappings[i] is not { } mapping)
            {
                problems.Wrong(ProblemCode.Required, $"products[{i}]", "found null, expected a product with its dimensions");
                continue;
            }
            if (!seen.Add(mapping.Product))
                problems.Wrong(ProblemCode.Duplicate, $"products[{i}].product",
                    $"found \"{mapping.Product}\" again, expected each product once");
            ProductMappingRules.Check(
                problems, $"products[{i}]", mapping, products.GetValueOrDefault(mapping.Product), integration.AllowMultipleRowsPerCustomer,
                maxDimensions);
        }
    }

    private static void CheckPolicy(ProblemList problems, ErrorPolicy policy)
    {
        if (policy.MaxErrors is < 0)
            problems.Wrong(ProblemCode.OutOfRange, "onError.maxErrors",
                $"found {policy.MaxErrors}, expected 0 or more, or null for no limit");
        if (policy.MaxErrorPercent is { } percent && percent is not (>= 0 and <= 100))
            problems.Wrong(ProblemCode.OutOfRange, "onError.maxErrorPercent",
                Invariant($"found {percent}, expected 0 to 100, or null for no limit"));
    }
}
