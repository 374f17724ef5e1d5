using Azure;
using Azure.Data.Tables;
using Usage.Core.Accounts;
using Usage.Core.Ids;

namespace Usage.Storage.Accounts;

/// <summary>
/// Accounts one by one. Their list is the <see cref="Roster"/>; many at once go through the <see cref="Importing.AccountImport"/>.
/// </summary>
public sealed class AccountStore(UsageTables tables, AccountOrdinals ordinals, TimeProvider clock)
{
    private readonly AccountChanges _changes = new(tables, clock);
    private readonly AccountKeyTable _keys = new(tables, clock);

    public async Task<StoredAccount?> GetAsync(AccountId id, CancellationToken cancellationToken)
    {
        var found = await tables.Accounts.GetEntityIfExistsAsync<TableEntity>(
            AccountEntity.Partition(id), id.Value, cancellationToken: cancellationToken);
        return found.HasValue ? AccountEntity.Read(found.Value!) : null;
    }

    /// <summary>Writes an account, unless another one has its CRM id or one of its domains.</summary>
    /// <param name="account">As it is to be.</param>
    /// <param name="before">What was read; null to create.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="kept">Keys on which it keeps its claims, though it may give them up; null: none.</param>
    public async Task<AccountWrite> WriteAsync(
        Account account, StoredAccount? before, CancellationToken cancellationToken, IReadOnlySet<UniqueKey>? kept = null)
    {
        var had = before is null ? [] : UniqueKey.Of(before.Account);
        var has = UniqueKey.Of(account);
        var (claims, conflicts) = await ClaimAsync(has.Except(had), account.Id, cancellationToken);
        if (conflicts.Count > 0)
        {
            await ReleaseAsync(claims, cancellationToken);
            return new AccountWrite { Conflicts = conflicts };
        }

        // Read before the write: a claim that is renewed after it is someone's who gives the key back to the account.
        var dropped = await ClaimsAsync(had.Except(has).Except(kept ?? new HashSet<UniqueKey>()), account.Id, cancellationToken);
        var mark = await _changes.AddAsync(account.Id, cancellationToken);
        var ordinal = before?.Ordinal ?? await ordinals.TakeAsync(1, cancellationToken);
        var written = await TryWriteAsync(AccountEntity.Write(new(ordinal, account)), before, cancellationToken);
        await _changes.CompleteAsync(mark, cancellationToken);
        // When someone else was faster, the new claims go at once: this may have been the last attempt. Those that another request for
        // the account has made or renewed are that one's.
        await ReleaseAsync(written ? dropped : claims.Where(claim => claim.Added), cancellationToken);
        return new AccountWrite { Written = written };
    }

    /// <returns>False: someone else was faster; read again.</returns>
    public async Task<bool> TryDeleteAsync(StoredAccount before, CancellationToken cancellationToken)
    {
        var id = before.Account.Id;
        var claims = await ClaimsAsync(UniqueKey.Of(before.Account), id, cancellationToken);
        var mark = await _changes.AddAsync(id, cancellationToken);
        try
        {
            await tables.Accounts.DeleteEntityAsync(AccountEntity.Partition(id), id.Value, before.Version, cancellationToken);
        }
        catch (RequestFailedException lost) when (lost.Status == 412)
        {
            await _changes.CompleteAsync(mark, cancellationToken);
            return false;
        }

        await Task.WhenAll(_changes.CompleteAsync(mark, cancellationToken), ReleaseAsync(claims, cancellationToken));
        return true;
    }

    /// <summary>Its claims as they are. They outlive a delete that is cut short.</summary>
    public async Task<IReadOnlyList<KeyClaim>> ClaimsAsync(Account account, CancellationToken cancellationToken) =>
        [.. (await ClaimsAsync(UniqueKey.Of(account), account.Id, cancellationToken))
            .Select(claim => new KeyClaim(claim.Key, $"{claim.Version}"))];

    /// <summary>Gives up what such a delete may have left, unless it has been claimed anew since.</summary>
    public Task ReleaseAsync(IEnumerable<KeyClaim> claims, CancellationToken cancellationToken) =>
        Task.WhenAll(claims.Select(claim => _keys.ReleaseAsync(claim.Key, new ETag(claim.Version), cancellationToken)));

    /// <summary>So that a delete that has read it before fails: for whoever has written a reference to it.</summary>
    /// <returns>False: it isn't there.</returns>
    public Task<bool> TouchAsync(AccountId id, CancellationToken cancellationToken) =>
        tables.Accounts.TouchAsync(AccountEntity.Partition(id), id.Value, cancellationToken);

    private async Task<Account?> FindAsync(AccountId id, CancellationToken cancellationToken) =>
        (await GetAsync(id, cancellationToken))?.Account;

    /// <summary>
    /// One after the other, in the same order for everyone: of those who want some of the same keys, one always gets all of its own.
    /// </summary>
    private async Task<(List<AccountKeyTable.Claim> Claims, List<KeyConflict> Conflicts)> ClaimAsync(
        IEnumerable<UniqueKey> wanted, AccountId account, CancellationToken cancellationToken)
    {
        var claims = new List<AccountKeyTable.Claim>();
        var conflicts = new List<KeyConflict>();
        foreach (var key in wanted.OrderBy(key => key.Kind).ThenBy(key => key.Text, StringComparer.Ordinal))
        {
            // What is refused already claims no more; it only looks, so as to tell all that is taken.
            if (conflicts.Count > 0)
            {
                if (await _keys.HolderAsync(key, cancellationToken) is { } other && other != account) conflicts.Add(new(key, other));
                continue;
            }

            var claim = await _keys.ClaimAsync(key, account, FindAsync, cancellationToken);
            if (claim.Holder is { } holder) conflicts.Add(new(key, holder));
            else claims.Add(claim);
        }

        return (claims, conflicts);
    }

    private async Task<IEnumerable<AccountKeyTable.Claim>> ClaimsAsync(
        IEnumerable<UniqueKey> held, AccountId account, CancellationToken cancellationToken) =>
        (await Task.WhenAll(held.Select(key => _keys.GetAsync(key, account, cancellationToken)))).OfType<AccountKeyTable.Claim>();

    private Task ReleaseAsync(IEnumerable<AccountKeyTable.Claim> claims, CancellationToken cancellationToken) =>
        Task.WhenAll(claims.Select(claim => _keys.ReleaseAsync(claim.Key, claim.Version, cancellationToken)));

    private async Task<bool> TryWriteAsync(TableEntity entity, StoredAccount? before, CancellationToken cancellationToken)
    {
        try
        {
            if (before is null) await tables.Accounts.AddEntityAsync(entity, cancellationToken);
            else await tables.Accounts.UpdateEntityAsync(entity, before.Version, TableUpdateMode.Replace, cancellationToken);
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

/// <summary>A key that an account has.</summary>
/// <param name="Key">One account's only.</param>
/// <param name="Version">Of the claim: it becomes another one when it is claimed anew.</param>
public sealed record KeyClaim(UniqueKey Key, string Version);

/// <summary>A key that another account has.</summary>
public sealed record KeyConflict(UniqueKey Key, AccountId Holder);
