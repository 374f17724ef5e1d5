using Usage.Core.Ids;
using Usage.Core.Integrations;

namespace Usage.Storage.Snapshots;

/// <summary>Where groups of one product go.</summary>
/// <param name="Product">Of the groups.</param>
/// <param name="Properties">One for each of its mapped dimensions.</param>
/// <param name="Account">By ordinal; null for an account deleted since the file was read, whose values are dropped.</param>
public sealed record GroupTarget(ProductId Product, IReadOnlyList<string> Properties, Func<int, AccountId?> Account)
{
    public static GroupTarget Of(MappedProduct product, Func<int, AccountId?> account) =>
        new(product.Id, [.. product.Dimensions.Select(dimension => SnapshotKeys.Property(dimension.Id))], account);
}
