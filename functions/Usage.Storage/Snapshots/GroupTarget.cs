using Usage.Core.Ids;
using Usage.Storage.Changes;

namespace Usage.Storage.Snapshots;

/// <summary>Where groups of one product go.</summary>
/// <param name="Product">Of the groups.</param>
/// <param name="Properties">One for each of the dimensions that the groups number.</param>
/// <param name="Account">By ordinal; null for an account deleted since the file was read, whose values are dropped.</param>
public sealed record GroupTarget(ProductId Product, IReadOnlyList<string> Properties, Func<int, AccountId?> Account)
{
    /// <summary>For each of the products that a log names.</summary>
    public static GroupTarget[] Of(LogHeader header, Func<int, AccountId?> account) =>
        [.. header.Products.Select(product => Of(product, account))];

    public static GroupTarget Of(LogProduct product, Func<int, AccountId?> account) =>
        new(product.Id, [.. product.Dimensions.Select(SnapshotKeys.Property)], account);
}
