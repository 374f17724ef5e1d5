using Usage.Core.Accounts;
using Usage.Core.Accounts.Matching;
using Usage.Core.Files;
using Usage.Core.Files.Reading;
using Usage.Core.Integrations;

namespace Usage.Core.Snapshots.Reading;

/// <summary>
/// Reads a batch a few rows ahead and has the memory fetched in which their accounts will be looked up: rows come in any order, and of
/// many accounts nearly every look-up would wait for memory longer than all else of a row takes.
/// </summary>
internal sealed class AccountLookAhead : IDisposable
{
    private const int Rows = 12;

    /// <summary>So many fit into the processor's own memory.</summary>
    private const int FewAccounts = 8_000;

    private readonly RecordReader? _ahead;
    private readonly AccountMatcher _accounts;
    private readonly MatchBy _by;
    private readonly int _column;

    public AccountLookAhead(AccountMatcher accounts, MatchRule rule, ColumnMap columns, Func<RecordReader> open)
    {
        (_accounts, _by, _column) = (accounts, rule.By, columns.Find(rule.Column));
        if (accounts.OrdinalCount <= FewAccounts) return;
        _ahead = open();
        for (var row = 0; row < Rows; row++) Move();
    }

    /// <summary>One row further.</summary>
    public void Move()
    {
        if (_ahead?.Read() == true) _accounts.Expect(_by, _ahead.GetCell(_column));
    }

    public void Dispose() => _ahead?.Dispose();
}
