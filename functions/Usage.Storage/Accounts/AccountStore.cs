using Azure;
using Azure.Data.Tables;
using Usage.Core.Accounts;

namespace Usage.Storage.Accounts;

/// <summary>Accounts one by one. Their list is the <see cref="Roster"/>; many at once go through the <see cref="AccountImport"/>.</summary>
public sealed class AccountStore(UsageTables tables, AccountOrdinals ordinals, TimeProvider clock)
{
    private readonly AccountChanges changes = new(tables, clock);
    private readonly AccountKeyTable keys = new(tables, clock);

    public async Task<StoredAccount?> GetAsync(AccountId id, CancellationToken cancel)
    {
        var found = await tables.Accounts.GetEntityIfExistsAsync<TableEntity>(AccountEntity.Partition(id), id.Value, cancellationToken: cancel);
        return found.HasValue ? AccountEntity.Read(found.Value!) : null;
    }

    /// <summary>Writes an account, unless another one has its CRM id or one of its domains.</summary>
    /// <param name="before">What was read; null to create.</param>
    public async Task<AccountWrite> WriteAsync(Account account, StoredAccount? before, CancellationToken cancel)
    {
        var had = before is null ? [] : UniqueKey.Of(before.Account);
        var has = UniqueKey.Of(account);
        var claims = await Task.WhenAll(has.Except(had).Select(key => keys.ClaimAsync(key, account.Id, FindAsync, cancel)));
        if (claims.Any(claim => claim.Holder is not null))
        {
            await ReleaseAsync(claims.Where(claim => claim.Holder is null), cancel);
            return new AccountWrite { Conflicts = [.. claims.Where(claim => claim.Holder is not null).Select(claim => new KeyConflict(claim.Key, claim.Holder!.Value))] };
        }

        // Read before the write: a claim that is renewed after it is someone's who gives the key back to the account.
        var dropped = await ClaimsAsync(had.Except(has), account.Id, cancel);
        var mark = await changes.AddAsync(account.Id, cancel);
        var ordinal = before?.Ordinal ?? await ordinals.TakeAsync(1, cancel);
        var written = await TryWriteAsync(AccountEntity.Write(new(ordinal, account)), before, cancel);
        await changes.SettleAsync(mark, cancel);
        // When someone else was faster, claims stay: the next attempt takes them over, or they age out.
        if (written) await ReleaseAsync(dropped, cancel);
        return new AccountWrite { Written = written };
    }

    /// <returns>False: someone else was faster; read again.</returns>
    public async Task<bool> TryDeleteAsync(StoredAccount before, CancellationToken cancel)
    {
        var id = before.Account.Id;
        var claims = await ClaimsAsync(UniqueKey.Of(before.Account), id, cancel);
        var mark = await changes.AddAsync(id, cancel);
        try
        {
            await tables.Accounts.DeleteEntityAsync(AccountEntity.Partition(id), id.Value, before.Version, cancel);
        }
        catch (RequestFailedException lost) when (lost.Status == 412)
        {
            await changes.SettleAsync(mark, cancel);
            return false;
        }

        await Task.WhenAll(changes.SettleAsync(mark, cancel), ReleaseAsync(claims, cancel));
        return true;
    }

    private async Task<Account?> FindAsync(AccountId id, CancellationToken cancel) => (await GetAsync(id, cancel))?.Account;

    private async Task<IEnumerable<AccountKeyTable.Claim>> ClaimsAsync(IEnumerable<UniqueKey> held, AccountId account, CancellationToken cancel) =>
        (await Task.WhenAll(held.Select(key => keys.GetAsync(key, account, cancel)))).OfType<AccountKeyTable.Claim>();

    private Task ReleaseAsync(IEnumerable<AccountKeyTable.Claim> claims, CancellationToken cancel) =>
        Task.WhenAll(claims.Select(claim => keys.ReleaseAsync(claim.Key, claim.Version, cancel)));

    private async Task<bool> TryWriteAsync(TableEntity entity, StoredAccount? before, CancellationToken cancel)
    {
        try
        {
            if (before is null) await tables.Accounts.AddEntityAsync(entity, cancel);
            else await tables.Accounts.UpdateEntityAsync(entity, before.Version, TableUpdateMode.Replace, cancel);
            return true;
        }
        catch (RequestFailedException lost) when (lost.Status is 404 or 409 or 412)
        {
            return false;
        }
    }
}

/// <summary>What became of a write.</summary>
public sealed record AccountWrite
{
    /// <summary>False without conflicts: someone else was faster; read again.</summary>
    public bool Written { get; init; }

    public IReadOnlyList<KeyConflict> Conflicts { get; init; } = [];
}

/// <summary>A key that another account has.</summary>
public sealed record KeyConflict(UniqueKey Key, AccountId Holder);
