using Azure;
using Azure.Data.Tables;
using Usage.Core.Accounts;
using Usage.Core.Ids;

namespace Usage.Storage.Accounts;

/// <summary>
/// Who has which CRM id and domain, so that no two accounts get the same one, however many people write at once: a key is
/// claimed before the account is written and released after it no longer has it.
/// </summary>
internal sealed class AccountKeyTable(UsageTables tables, TimeProvider clock)
{
    /// <summary>A claim whose account doesn't have the key is another request's that is under way, until it is older than this.</summary>
    private static readonly TimeSpan UnderWay = TimeSpan.FromMinutes(6);

    /// <param name="Holder">The other account that has the key; null: it is the claimer's now.</param>
    /// <param name="Version">Of the claim as it was made: releasing it doesn't touch one that was renewed meanwhile.</param>
    /// <param name="Added">Nobody had it before, not even another request for the same account.</param>
    public readonly record struct Claim(UniqueKey Key, AccountId? Holder, ETag Version, bool Added = false);

    public async Task<Claim> ClaimAsync(
        UniqueKey key, AccountId account, Func<AccountId, CancellationToken, Task<Account?>> find, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var added = await tables.AccountKeys.AddEntityAsync(Entity(key, account), cancellationToken);
                return new(key, null, added.Headers.ETag!.Value, Added: true);
            }
            catch (RequestFailedException taken) when (taken.Status == 409)
            {
                if (await ReadAsync(key, cancellationToken) is not { } claim) continue;
                if (claim.Holder == account)
                {
                    if (await TryRenewAsync(key, account, claim.Version, cancellationToken) is { } version) return new(key, null, version);
                    continue;
                }

                if (clock.GetUtcNow() - claim.At < UnderWay || await HasAsync(claim.Holder, key, find, cancellationToken))
                    return new(key, claim.Holder, default);
                await ReleaseAsync(key, claim.Version, cancellationToken);
            }
        }
    }

    /// <summary>The account's claim as it is, to be released once the account is written without the key; null when it has none.</summary>
    public async Task<Claim?> GetAsync(UniqueKey key, AccountId account, CancellationToken cancellationToken) =>
        await ReadAsync(key, cancellationToken) is { } claim && claim.Holder == account ? new Claim(key, null, claim.Version) : null;

    /// <summary>Whoever has the key; null: nobody.</summary>
    public async Task<AccountId?> HolderAsync(UniqueKey key, CancellationToken cancellationToken) =>
        (await ReadAsync(key, cancellationToken))?.Holder;

    /// <summary>Hands a claim to another account, or renews it for the same one, unless it is a third one's.</summary>
    public async Task TryMoveAsync(UniqueKey key, AccountId from, AccountId to, CancellationToken cancellationToken)
    {
        while (await ReadAsync(key, cancellationToken) is { } claim && claim.Holder == from)
            if (await TryRenewAsync(key, to, claim.Version, cancellationToken) is not null) return;
    }

    /// <summary>Gives up a claim, unless it has been renewed or become another account's.</summary>
    public async Task ReleaseAsync(UniqueKey key, ETag version, CancellationToken cancellationToken)
    {
        var (partition, row) = Address(key);
        try
        {
            await tables.AccountKeys.DeleteEntityAsync(partition, row, version, cancellationToken);
        }
        catch (RequestFailedException lost) when (lost.Status == 412)
        {
            // It was claimed anew in between, which is as good.
        }
    }

    public static TableEntity Entity(UniqueKey key, AccountId account)
    {
        var (partition, row) = Address(key);
        return new TableEntity(partition, row) { ["account"] = account.Value, ["kind"] = $"{key.Kind}", ["key"] = key.Text };
    }

    public static string Partition(UniqueKey key) => Address(key).Partition;

    private static async Task<bool> HasAsync(
        AccountId holder, UniqueKey key, Func<AccountId, CancellationToken, Task<Account?>> find, CancellationToken cancellationToken) =>
        await find(holder, cancellationToken) is { } account && UniqueKey.Of(account).Contains(key);

    private static (string Partition, string Row) Address(UniqueKey key)
    {
        var hash = KeyHash.Of($"{key.Kind}\n{key.Text}");
        return (hash[..2], hash);
    }

    private async Task<(AccountId Holder, ETag Version, DateTimeOffset At)?> ReadAsync(UniqueKey key, CancellationToken cancellationToken)
    {
        var (partition, row) = Address(key);
        var found = await tables.AccountKeys.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellationToken);
        return found.HasValue ? (new AccountId(found.Value!.GetString("account")), found.Value.ETag, found.Value.Timestamp!.Value) : null;
    }

    private async Task<ETag?> TryRenewAsync(UniqueKey key, AccountId account, ETag version, CancellationToken cancellationToken)
    {
        try
        {
            var renewed = await tables.AccountKeys.UpdateEntityAsync(
                Entity(key, account), version, TableUpdateMode.Replace, cancellationToken);
            return renewed.Headers.ETag;
        }
        catch (RequestFailedException lost) when (lost.Status is 404 or 412)
        {
            return null;
        }
    }
}
