using Usage.Core.Accounts;
using Usage.Functions.Http;
using Usage.Functions.Products;
using Usage.Storage.Products;
using Usage.Storage.Reports;

namespace Usage.Functions.Accounts;

/// <summary>Whether an account's usage stands in the way of deleting it: reports would count values of nobody.</summary>
public sealed class AccountUse(ProductStore products, AccountUsageReader usage)
{
    public async Task<ApiError?> FindAsync(NumberedAccount account, CancellationToken cancel)
    {
        foreach (var product in await products.ListAsync(cancel))
        {
            var snapshots = await usage.ReadAsync(account, product.Id, null, null, cancel);
            if (snapshots.Count > 0)
                return new(ProductUse.InUse, "account", $"account \"{account.Account.Id}\" has {snapshots.Count} snapshots of product \"{product.Id}\"");
        }

        return null;
    }
}
