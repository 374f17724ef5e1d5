using Usage.Core.Integrations;
using Usage.Core.Products;
using Usage.Core.Values;

namespace Usage.Core.Snapshots.Merging;

/// <summary>How one product's values are merged. Without history the aggregates say nothing: later values overwrite earlier ones.</summary>
internal sealed class ProductMerge(MappedProduct product, bool history)
{
    public DataType[] Types { get; } = [.. product.Dimensions.Select(dimension => dimension.DataType)];

    public Aggregate[] Aggregates { get; } = [.. product.Dimensions.Select(dimension => history ? dimension.Aggregate : Aggregate.Last)];
}
