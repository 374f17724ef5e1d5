using Usage.Core.Accounts.Keys;
using Usage.Core.Ids;

namespace Usage.Storage.Accounts.Importing;

/// <summary>
/// Accounts of one file that take CRM ids and domains from each other, as two that swap theirs. Each gives up first what another one
/// takes, while the claim on it stays, so that nobody else can have it; then the claims are handed over, and each can be written as it is
/// to be. Done again after a crash, it goes on where it was.
/// </summary>
internal sealed class AccountExchange(AccountStore accounts, AccountKeyTable keys)
{
    private readonly record struct Move(UniqueKey Key, AccountId From, AccountId To);

    /// <returns>Those that are refused only for keys which others of them give up, each key taken once.</returns>
    public static IReadOnlyList<RejectedAccount> Find(IEnumerable<RejectedAccount> refused)
    {
        var group = refused.OrderBy(one => one.Row.Row).ToDictionary(one => one.Row.Id);
        while (true)
        {
            var taken = new HashSet<UniqueKey>();
            var stuck = group.Values.Where(one => one.Conflicts.Any(conflict => !IsGivenUp(conflict) || !taken.Add(conflict.Key))).ToList();
            if (stuck.Count == 0) return [.. group.Values];
            foreach (var one in stuck) group.Remove(one.Row.Id);
        }

        bool IsGivenUp(KeyConflict conflict) =>
            group.TryGetValue(conflict.Holder, out var holder) && !UniqueKey.Of(holder.Account).Contains(conflict.Key);
    }

    /// <param name="group">As it was found.</param>
    public async Task HandOverAsync(IReadOnlyList<RejectedAccount> group, CancellationToken cancellationToken)
    {
        Move[] moves = [.. group.SelectMany(one => one.Conflicts.Select(conflict => new Move(conflict.Key, conflict.Holder, one.Row.Id)))];
        // Renewed before its account gives it up: an old claim of an account without the key is free for anybody.
        foreach (var move in moves) await keys.TryMoveAsync(move.Key, move.From, move.From, cancellationToken);
        foreach (var given in moves.GroupBy(move => move.From, move => move.Key))
            await GiveUpAsync(given.Key, [.. given], cancellationToken);
        foreach (var move in moves) await keys.TryMoveAsync(move.Key, move.From, move.To, cancellationToken);
    }

    private async Task GiveUpAsync(AccountId id, HashSet<UniqueKey> given, CancellationToken cancellationToken)
    {
        while (await accounts.GetAsync(id, cancellationToken) is { } stored && UniqueKey.Of(stored.Account).Any(given.Contains))
        {
            var account = stored.Account;
            var crmId = account.CrmId is { } own && given.Contains(new(UniqueKeyKind.CrmId, CrmKey.Of(own))) ? null : account.CrmId;
            var without = account with { CrmId = crmId, Domains = [.. account.Domains.Where(domain => !IsGiven(domain))] };
            if ((await accounts.WriteAsync(without, stored, cancellationToken, kept: given)).Written) return;
        }

        bool IsGiven(string domain) => DomainKey.Of(domain) is { } text && given.Contains(new(UniqueKeyKind.Domain, text));
    }
}
