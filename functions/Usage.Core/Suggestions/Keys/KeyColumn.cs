using Usage.Core.Accounts;
using Usage.Core.Accounts.Matching;
using Usage.Core.Suggestions.Columns;

namespace Usage.Core.Suggestions.Keys;

/// <summary>A column that may identify accounts.</summary>
/// <param name="Found">How many of the different cells that were looked up find one account by this kind of key.</param>
internal sealed record KeyColumn(ColumnProfile Column, MatchBy By, int Found, int Looked)
{
    private const int MostLooked = 500;

    /// <summary>Whole numbers from here on are no small ones, which any count could be.</summary>
    private const double LargeId = 10_000;

    private static readonly MatchBy[] Kinds = [MatchBy.CrmId, MatchBy.AccountId, MatchBy.Domain, MatchBy.Name];

    public bool Named => Column.Words.SaysAccount;

    public bool FindsMost => Found * 2 >= Looked;

    public double Share => Looked == 0 ? 0 : (double)Found / Looked;

    /// <summary>Ids before domains before names, which several companies share.</summary>
    public int Rank => Array.IndexOf(Kinds, By);

    public string Target => $"match by {CoreJson.Word(By)}";

    /// <param name="row">Cells by the columns' places.</param>
    public KeyMatch Find(string[] row, AccountMatcher accounts) => accounts.Find(By, row[Column.Place]);

    /// <returns>The column as the kind of key by which most of its cells find an account; null: it is no key.</returns>
    public static KeyColumn? Of(ColumnProfile column, IReadOnlyList<string[]> rows, AccountMatcher accounts)
    {
        if (column.Type == ColumnType.Blank ? rows.Count > 0 || !column.Words.SaysAccount : !IsEligible(column)) return null;
        var cells = rows.Select(row => row[column.Place]).Where(cell => cell.Length > 0 && !NullWords.Contains(cell))
            .Distinct(StringComparer.Ordinal).Take(MostLooked).ToList();
        var named = ByName(column);
        var best = Kinds.Where(by => column.Type == ColumnType.Text || by is MatchBy.CrmId or MatchBy.AccountId)
            .Select(by => new KeyColumn(column, by, cells.Count(cell => accounts.Find(by, cell).IsOne), cells.Count))
            .OrderByDescending(key => key.Found).ThenByDescending(key => key.By == named).ThenBy(key => key.Rank)
            .First();
        return best.Found == 0 ? new KeyColumn(column, named, 0, cells.Count) : best;
    }

    /// <summary>A running number finds accounts that are called by numbers, whatever it counts.</summary>
    public bool MayCountRows => Column is { Type: ColumnType.Numeric, Words.SaysNoSubject: true, Numbers.Max: < LargeId };

    public string Why() => Found > 0
        ? $"{Found} of {Looked} different cells find an account by {CoreJson.Word(By)}"
            + (Named ? ", and the column is called so" : "; its name doesn't say so")
        : $"it is called as a column of {CoreJson.Word(By)} would be, but none of its {Looked} different cells finds an account yet";

    private static bool IsEligible(ColumnProfile column)
    {
        var words = column.Words;
        if (column.Type == ColumnType.Date || words.SaysMeasure || words.SaysOtherId || words.SaysMetric) return false;
        // Somebody's address names the company, however many addresses it has.
        if (words.SaysAccount || (words.SaysHost && !words.SaysStaff && column.Type == ColumnType.Text)) return true;
        if (column.Type == ColumnType.Boolean || column.IsZeroOne || column.Distinct * 2 <= column.Filled) return false;
        return column.Type == ColumnType.Text
            || (column.Numbers is { AllWhole: true, Min: >= LargeId } && column.Distinct == column.Filled);
    }

    private static MatchBy ByName(ColumnProfile column)
    {
        var words = column.Words;
        if (words.SaysHost) return MatchBy.Domain;
        if (words.SaysName && column.Type == ColumnType.Text && !words.SaysId) return MatchBy.Name;
        return words.SaysCrm || words.SaysCustomer ? MatchBy.CrmId : MatchBy.AccountId;
    }
}
