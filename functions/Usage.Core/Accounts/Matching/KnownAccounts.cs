using System.Text;

namespace Usage.Core.Accounts.Matching;

/// <summary>Finds the accounts of resolved identifiers only.</summary>
/// <param name="accounts">That there are.</param>
public sealed class KnownAccounts(ResolvedKeys resolved, IRowAccounts accounts) : IRowAccounts
{
    public int OrdinalCount => accounts.OrdinalCount;

    public Account? AccountOf(int ordinal) => accounts.AccountOf(ordinal);

    public KeyMatch Find(long row, int rule, MatchBy by, ReadOnlySpan<byte> cell) =>
        resolved.Has(by) ? resolved.Find(by, IdentifierKey.Of(by, Encoding.UTF8.GetString(cell))) : KeyMatch.None;
}
