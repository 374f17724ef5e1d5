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
    public async Task<ApiError?> FindAsync(NumberedAccount account, CancellationToken cancellationToken)
    {
        ProductId[] all = [.. (await products.ListAsync(cancellationToken)).Select(product => product.Id)];
        var read = await usage.ReadAsync(account, all, null, null, cancellationToken);
        for (var i = 0; i < all.Length; i++)
        {
            if (read[i].Count > 0)
                return new(ProductUse.InUse, "account",
                    $"account \"{account.Account.Id}\" has {read[i].Count} snapshots of product \"{all[i]}\"");
        }

        return null;
    }
}
