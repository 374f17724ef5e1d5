using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Functions.Http.Errors;
using Usage.Functions.Runs;
using Usage.Storage.Products;
using Usage.Storage.Reports;
using Usage.Storage.Unmatched;

namespace Usage.Functions.Accounts;

/// <summary>
/// What stands in the way of deleting an account: its usage, since reports would count values of nobody, runs that may be writing some,
/// and identifiers of which somebody said that they are it.
/// </summary>
public sealed class AccountUse(ProductStore products, AccountUsageReader usage, ResolutionStore resolutions, RunUse runs)
{
    public async Task<IReadOnlyList<ApiError>> FindAsync(NumberedAccount account, CancellationToken cancellationToken)
    {
        // The runs first: what one that has ended by now has written is there.
        var working = await runs.OfAccountsAsync("account", cancellationToken);
        ProductId[] all = [.. (await products.ListAsync(cancellationToken)).Select(product => product.Id)];
        var read = await usage.ReadAsync(account, all, null, null, cancellationToken);
        return
        [
            .. working,
            .. (await resolutions.OfAccountAsync(account.Account.Id, cancellationToken)).Select(said => new ApiError(
                ApiErrorCode.InUse, "account",
                $"somebody said that \"{said.Key}\" in the files of integration \"{said.Integration}\" is account "
                    + $"\"{account.Account.Id}\"; take that back first (its resolutions)")),
            .. all.Zip(read).Where(product => product.Second.Count > 0).Select(product => new ApiError(
                ApiErrorCode.InUse, "account",
                $"account \"{account.Account.Id}\" has {product.Second.Count} snapshots of product \"{product.First}\"")),
        ];
    }
}
