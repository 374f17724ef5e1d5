using Usage.Core.Ids;
using Usage.Core.Problems;
using Usage.Core.Products;

namespace Usage.Core.Integrations.Rules;

/// <summary>Warns of aggregates that an integration without history doesn't apply: it keeps the last value, whatever they say.</summary>
internal static class AggregateEffectRules
{
    public static void Check(ProblemList problems, Integration integration, IReadOnlyDictionary<ProductId, Product> products)
    {
        if (integration.AllowMultipleRowsPerCustomer) return;
        for (var i = 0; i < integration.Products.Count; i++)
        {
            if (integration.Products[i] is not { } mapping) continue;
            for (var d = 0; d < mapping.Dimensions.Count; d++)
            {
                if (mapping.Dimensions[d] is not { } dimension) continue;
                if (AggregateOf(dimension, products.GetValueOrDefault(mapping.Product)) is not { } aggregate) continue;
                if (aggregate == Aggregate.Last) continue;
                problems.Warn(ProblemCode.AggregateWithoutEffect, $"products[{i}].dimensions[{d}].dimension",
                    $"found \"{dimension.Dimension}\", which merges by {CoreJson.Word(aggregate)}, "
                    + "while allowMultipleRowsPerCustomer is off and keeps the last value only; "
                    + "set it to true to merge all rows of an account");
            }
        }
    }

    /// <summary>A stored dimension counts, whatever the mapping says about creating it.</summary>
    private static Aggregate? AggregateOf(DimensionMapping mapping, Product? product) =>
        product?.Dimensions.FirstOrDefault(d => d.Id == mapping.Dimension)?.Aggregate ?? mapping.Create?.Aggregate;
}
