namespace Usage.Core.Accounts.Matching;

/// <summary>Finds the accounts of a file's rows: by their keys, or as an import has found them before.</summary>
public interface IRowAccounts
{
    /// <summary>One more than the highest ordinal that an account has.</summary>
    int OrdinalCount { get; }

    /// <summary>Null: no account has the ordinal (any more).</summary>
    Account? AccountOf(int ordinal);

    /// <param name="row">The number of the row.</param>
    /// <param name="rule">The place of the integration's rule that asks.</param>
    /// <param name="by">The kind of key that the rule looks for.</param>
    /// <param name="cell">UTF-8, and not blank.</param>
    KeyMatch Find(long row, int rule, MatchBy by, ReadOnlySpan<byte> cell);
}
