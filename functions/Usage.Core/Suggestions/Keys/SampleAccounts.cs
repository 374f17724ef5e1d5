using Usage.Core.Accounts.Matching;

namespace Usage.Core.Suggestions.Keys;

/// <summary>Which account a row is of: by its keys or, where none finds one, by what the first of them that isn't blank says.</summary>
internal sealed class SampleAccounts(IReadOnlyList<KeyColumn> keys, AccountMatcher accounts)
{
    public delegate ReadOnlySpan<byte> Cells(int place);

    /// <returns>The same for rows of one account; null: all keys are blank.</returns>
    public ulong? Of(Cells cells)
    {
        ulong? said = null;
        foreach (var key in keys)
        {
            var cell = cells(key.Column.Place);
            if (cell.IsEmpty) continue;
            if (accounts.Find(key.By, cell) is { IsOne: true } match) return (ulong)match.Ordinal;
            said ??= RowKeys.Hash(cell);
        }

        return said;
    }
}
