using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Functions.Http.Errors;
using Usage.Functions.Products;
using Usage.Storage.Products;
using Usage.Storage.Reports;

namespace Usage.Functions.Accounts;

/// <summary>Whether an account's usage stands in the way of deleting it: reports would count values of nobody.</summary>
public sealed class AccountUse(ProductStore products, AccountUsageReader usage)
{
    public async Task<IReadOnlyList<ApiError>> FindAsync(NumberedAccount account, CancellationToken cancellationToken)
    {
        ProductId[] all = [.. (await products.ListAsync(cancellationToken)).Select(product => product.Id)];
        var read = await usage.ReadAsync(account, all, null, null, cancellationToken);
        return
        [
            .. all.Zip(read).Where(product => product.Second.Count > 0).Select(product => new ApiError(
                ProductUse.InUse, "account",
                $"account \"{account.Account.Id}\" has {product.Second.Count} snapshots of product \"{product.First}\"")),
        ];
    }
}
