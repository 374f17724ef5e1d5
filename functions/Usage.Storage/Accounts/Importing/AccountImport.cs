using System.Collections.Concurrent;
using Azure.Data.Tables;
using Usage.Core.Accounts;
using Usage.Core.Ids;

namespace Usage.Storage.Accounts.Importing;

/// <summary>
/// Writes many accounts, as if they were written one after the other in the file's order: few one by one, many in whole
/// transactions; what one gives up another one can have, whichever comes first. Done twice it changes nothing the second time.
/// </summary>
public sealed class AccountImport(UsageTables tables, AccountStore accounts, AccountOrdinals ordinals, TimeProvider clock)
{
    /// <summary>Up to here, reading them one by one is cheaper than reading all that are stored.</summary>
    private const int OneByOne = 200;

    /// <summary>Tens of megabytes while it is worked out.</summary>
    private const int Large = 20_000;

    private const int Attempts = 5;

    private readonly AccountChanges _changes = new(tables, clock);
    private readonly AccountKeyTable _keys = new(tables, clock);

    /// <param name="rows">Valid in themselves, each account once.</param>
    /// <param name="sign">With who imports them, and when.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<AccountImportResult> ImportAsync(
        IReadOnlyList<AccountRow> rows, Func<Account, Account> sign, CancellationToken cancellationToken)
    {
        var result = new AccountImportResult();
        if (rows.Count > OneByOne)
        {
            await ImportManyAsync(rows, sign, result, cancellationToken);
            // Else the heap stays as large as this rare and large piece of work made it, under every file that comes after.
            if (rows.Count > Large) GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        }
        else
            foreach (var row in rows) await ImportOneAsync(row, sign, result, cancellationToken);
        await ExchangeAsync(rows, sign, result, cancellationToken);
        return result;
    }

    private async Task ImportOneAsync(
        AccountRow row, Func<Account, Account> sign, AccountImportResult result, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var before = await accounts.GetAsync(row.Id, cancellationToken);
            var after = sign(row.Over(before?.Account));
            if (before is not null && AccountContent.Same(before.Account, after))
            {
                result.CountUnchanged();
                return;
            }

            if (before is null && row.Name is null)
            {
                result.Reject(row, after, []);
                return;
            }

            var write = await accounts.WriteAsync(after, before, cancellationToken);
            if (write.Conflicts.Count > 0) result.Reject(row, after, write.Conflicts);
            else if (write.Written) result.Count(created: before is null);
            else if (attempt < Attempts) continue;
            else throw new InvalidOperationException($"account {row.Id} is being changed by others all the time: import again");
            return;
        }
    }

    /// <summary>Those that were refused for keys that accounts of the file give up, until no more of them can be written.</summary>
    private async Task ExchangeAsync(
        IReadOnlyList<AccountRow> rows, Func<Account, Account> sign, AccountImportResult result, CancellationToken cancellationToken)
    {
        var exchange = new AccountExchange(accounts, _keys);
        for (var left = int.MaxValue; ;)
        {
            var refused = result.TakeConflicts();
            var open = refused.Count == 0 || refused.Count >= left ? [] : MayGetTheirs(refused, rows);
            var ids = refused.Select(one => one.Row.Id).ToHashSet();
            var free = open.Where(one => !one.Conflicts.Any(conflict => ids.Contains(conflict.Holder))).ToList();
            var group = free.Count > 0 ? free : AccountExchange.Find(open);
            result.PutBack(refused.Except(group));
            if (group.Count == 0) return;
            if (free.Count == 0) await exchange.HandOverAsync(group, cancellationToken);
            left = refused.Count;
            foreach (var one in group) await ImportOneAsync(one.Row, sign, result, cancellationToken);
        }
    }

    private static IReadOnlyList<RejectedAccount> MayGetTheirs(IReadOnlyList<RejectedAccount> refused, IReadOnlyList<AccountRow> rows)
    {
        var holders = refused.SelectMany(one => one.Conflicts.Select(conflict => conflict.Holder)).ToHashSet();
        var known = rows.Where(row => holders.Contains(row.Id)).ToDictionary(row => row.Id, row => UniqueKey.Of(row.Over(null)));
        return [.. refused.Where(one => one.Conflicts.All(conflict =>
            known.TryGetValue(conflict.Holder, out var kept) && !kept.Contains(conflict.Key)))];
    }

    private async Task ImportManyAsync(
        IReadOnlyList<AccountRow> rows, Func<Account, Account> sign, AccountImportResult result, CancellationToken cancellationToken)
    {
        var plan = AccountImportPlan.Make(rows, sign, await ScanAsync(cancellationToken), result);
        if (plan.Count == 0) return;
        var lost = new ConcurrentBag<AccountRow>();
        var mark = await _changes.AddAsync(null, cancellationToken);
        await ClaimAsync(plan, lost, cancellationToken);
        Number(plan, await ordinals.TakeAsync(plan.Count(write => write.Before is null), cancellationToken));
        var taken = lost.ToHashSet();
        await WriteAsync([.. plan.Where(write => !taken.Contains(write.Row))], lost, result, cancellationToken);
        await _changes.CompleteAsync(mark, cancellationToken);
        foreach (var row in lost.OrderBy(row => row.Row)) await ImportOneAsync(row, sign, result, cancellationToken);
    }

    private async Task<Dictionary<AccountId, StoredAccount>> ScanAsync(CancellationToken cancellationToken)
    {
        var stored = new Dictionary<AccountId, StoredAccount>();
        await AccountScan.RunAsync(tables, account => stored.Add(account.Account.Id, account), cancellationToken);
        return stored;
    }

    private static void Number(List<AccountImportPlan.Write> plan, int next)
    {
        foreach (var write in plan) write.Ordinal = write.Before?.Ordinal ?? next++;
    }

    private Task ClaimAsync(List<AccountImportPlan.Write> plan, ConcurrentBag<AccountRow> lost, CancellationToken cancellationToken)
    {
        var claims = plan.SelectMany(write => write.Wanted.Select(key => (write.Row, Key: key)));
        return TransactionBatches.RunAsync(
            tables.AccountKeys, claims, claim => AccountKeyTable.Partition(claim.Key),
            claim => new(TableTransactionActionType.Add, AccountKeyTable.Entity(claim.Key, claim.Row.Id)),
            // Someone has one of them meanwhile, or an earlier import was cut short: one by one tells which.
            claim => lost.Add(claim.Row), _ => { }, cancellationToken);
    }

    private async Task WriteAsync(
        List<AccountImportPlan.Write> plan, ConcurrentBag<AccountRow> lost, AccountImportResult result, CancellationToken cancellationToken)
    {
        var dropped = new ConcurrentBag<AccountImportPlan.Write>();
        await TransactionBatches.RunAsync(
            tables.Accounts, plan, write => AccountEntity.Partition(write.Row.Id), Action,
            write => lost.Add(write.Row),
            write =>
            {
                result.Count(created: write.Before is null);
                if (write.Dropped.Count > 0) dropped.Add(write);
            },
            cancellationToken);
        await Parallel.ForEachAsync(
            dropped.SelectMany(write => write.Dropped.Select(key => (Key: key, write.Row.Id))),
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken },
            async (drop, cancellationToken) =>
            {
                if (await _keys.GetAsync(drop.Key, drop.Id, cancellationToken) is { } claim)
                    await _keys.ReleaseAsync(claim.Key, claim.Version, cancellationToken);
            });
    }

    private static TableTransactionAction Action(AccountImportPlan.Write write)
    {
        var entity = AccountEntity.Write(new(write.Ordinal, write.After));
        return write.Before is { } before
            ? new(TableTransactionActionType.UpdateReplace, entity, before.Version) : new(TableTransactionActionType.Add, entity);
    }
}
