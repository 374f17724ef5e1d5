using Usage.Core.Accounts;
using Usage.Core.Ids;

namespace Usage.Storage.Accounts.Importing;

/// <summary>What an import has to write, worked out in memory against all that is stored.</summary>
internal static class AccountImportPlan
{
    public sealed class Write
    {
        public required AccountRow Row { get; init; }

        public required Account After { get; init; }

        /// <summary>Null: it is new.</summary>
        public required StoredAccount? Before { get; init; }

        /// <summary>Keys that it gets.</summary>
        public required IReadOnlyList<UniqueKey> Wanted { get; init; }

        /// <summary>Keys that it gives up.</summary>
        public required IReadOnlyList<UniqueKey> Dropped { get; init; }

        public int Ordinal { get; set; }
    }

    public static List<Write> Make(
        IReadOnlyList<AccountRow> rows, Func<Account, Account> sign, Dictionary<AccountId, StoredAccount> stored,
        AccountImportResult result)
    {
        var holders = new Dictionary<UniqueKey, AccountId>();
        foreach (var account in stored.Values)
            foreach (var key in UniqueKey.Of(account.Account)) holders[key] = account.Account.Id;

        var plan = new List<Write>();
        foreach (var row in rows)
        {
            var before = stored.GetValueOrDefault(row.Id);
            var after = sign(row.Over(before?.Account));
            if (before is not null && AccountContent.Same(before.Account, after))
            {
                result.CountUnchanged();
                continue;
            }

            if (before is null && row.Name is null)
            {
                result.Reject(row, after, []);
                continue;
            }

            var had = before is null ? [] : UniqueKey.Of(before.Account);
            var has = UniqueKey.Of(after);
            KeyConflict[] conflicts = [.. has.Where(key => holders.TryGetValue(key, out var holder) && holder != row.Id)
                .Select(key => new KeyConflict(key, holders[key]))];
            if (conflicts.Length > 0)
            {
                result.Reject(row, after, conflicts);
                continue;
            }

            var write = new Write
            {
                Row = row,
                After = after,
                Before = before,
                Wanted = [.. has.Except(had)],
                Dropped = [.. had.Except(has)]
            };
            foreach (var key in write.Dropped) holders.Remove(key);
            foreach (var key in write.Wanted) holders[key] = row.Id;
            plan.Add(write);
        }

        return plan;
    }
}
