using Usage.Core.Accounts;
using Usage.Core.Accounts.Matching;

namespace Usage.Core.Snapshots.Rows;

/// <summary>The accounts of some rows as the import found them, whatever accounts there are now.</summary>
/// <param name="firstRow">The number of the first one.</param>
/// <param name="codes">As <see cref="RowTableFormat"/> has them, one a row.</param>
/// <param name="rules">How many match rules the integration has.</param>
/// <param name="several">The accounts of ambiguous keys.</param>
/// <param name="account">By its ordinal; null where it is gone.</param>
public sealed class KeptAccounts(
    long firstRow, uint[] codes, int rules, IReadOnlyList<int[]> several, Func<int, Account?> account) : IRowAccounts
{
    public int OrdinalCount { get; } = codes.Where(code => code != 0).Select(code => RowTableFormat.Account(code, rules))
        .Where(found => !found.Several).Select(found => found.Value + 1).DefaultIfEmpty(0).Max();

    public Account? AccountOf(int ordinal) => account(ordinal);

    public KeyMatch Find(long row, int rule, MatchBy by, ReadOnlySpan<byte> cell)
    {
        var code = codes[row - firstRow];
        if (code == 0) return KeyMatch.None;
        var found = RowTableFormat.Account(code, rules);
        if (found.Rule != rule) return KeyMatch.None;
        return found.Several ? new KeyMatch(several[found.Value]) : new KeyMatch(found.Value);
    }
}
