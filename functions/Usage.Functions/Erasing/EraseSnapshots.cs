using Microsoft.Azure.Functions.Worker;
using Usage.Core.Ids;
using Usage.Storage.Accounts;
using Usage.Storage.Changes;
using Usage.Storage.Erasing;
using Usage.Storage.Products;
using Usage.Storage.Runs;
using Usage.Storage.Snapshots;
using Usage.Storage.Unmatched;

namespace Usage.Functions.Erasing;

/// <summary>
/// Deletes the account with its snapshots, its keys and what was said to be it, counts the dates anew, and gives the turns back: from here
/// on no file finds it, and a new account of its id has nothing of it.
/// </summary>
public sealed class EraseSnapshots(
    RunStore runs, ErasedAccounts erased, AccountStore accounts, ProductStore products, AccountSnapshots snapshots,
    ResolutionStore resolutions, Roster roster, ReportPoints points, ProductTurns turns, TimeProvider clock)
{
    public sealed record Input(RunId Run);

    [Function(nameof(EraseSnapshots))]
    public async Task RunAsync([ActivityTrigger] Input input, CancellationToken cancellationToken)
    {
        if ((await runs.GetAsync(input.Run, cancellationToken)).Run.HasEnded()) return;
        var account = await erased.GetAsync(input.Run, cancellationToken);
        while (await accounts.GetAsync(account.Account.Id, cancellationToken) is { } stored && stored.Ordinal == account.Ordinal)
        {
            account = await EraseAsync(input.Run, account with { Account = stored.Account }, cancellationToken);
            if (await accounts.TryDeleteAsync(stored, cancellationToken)) break;
        }

        // An attempt before may have deleted the account and come no further.
        await accounts.ReleaseAsync(account.Claims, cancellationToken);
        await roster.RewriteAsync(account.Account.Id, cancellationToken);
        var left = await roster.GetAsync(cancellationToken);
        var all = (await products.ListAsync(cancellationToken)).ToDictionary(product => product.Id);
        foreach (var dates in account.Dates.GroupBy(date => date.Product))
            if (all.TryGetValue(dates.Key, out var product))
                await points.RecountAsync(
                    product.Id, [.. dates.Select(date => date.Date)], [.. product.Dimensions.Select(dimension => dimension.Id)], left.IdOf,
                    cancellationToken);
        // An attempt before may have gone so far: what came after that is another account's.
        await erased.SaveAsync(input.Run, account with { Gone = account.Gone ?? clock.GetUtcNow() }, cancellationToken);
        await turns.GiveBackAsync(input.Run, cancellationToken);
    }

    /// <summary>All but the account itself, which goes last: an attempt that finds it begins anew.</summary>
    private async Task<ErasedAccount> EraseAsync(RunId run, ErasedAccount account, CancellationToken cancellationToken)
    {
        var said = await resolutions.OfAccountAsync(account.Account.Id, cancellationToken);
        var dates = account.Dates.ToHashSet();
        foreach (var product in await products.ListAsync(cancellationToken))
            dates.UnionWith((await snapshots.DatesAsync(product.Id, cancellationToken)).Select(date => new ErasedDate(product.Id, date)));
        account = account with
        {
            Resolutions = [.. account.Resolutions.Union(said)],
            Claims = await accounts.ClaimsAsync(account.Account, cancellationToken),
            Dates = [.. dates],
        };
        await erased.SaveAsync(run, account, cancellationToken);
        foreach (var resolution in said) await resolutions.TryDeleteAsync(resolution, cancellationToken);
        foreach (var product in account.Dates.GroupBy(date => date.Product))
            await snapshots.DeleteAsync(product.Key, account.Numbered(), product.Select(date => date.Date), cancellationToken);
        return account;
    }
}
