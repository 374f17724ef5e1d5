using Usage.Core.Accounts.Matching;
using Usage.Core.Integrations;

namespace Usage.Core.Suggestions.Proposals;

/// <summary>
/// Finds the columns that identify accounts: at most one for each kind of key. The first is the one whose name and cells say so; another
/// one only where it finds accounts that the first doesn't, and never contradicts it.
/// </summary>
internal static class AccountColumns
{
    private const int AgreeingRows = 2;

    public static IReadOnlyList<KeyColumn> Find(SampleFacts facts, AccountMatcher accounts, Notes notes)
    {
        var candidates = facts.Usable.Select(column => KeyColumn.Of(column, facts.FirstRows, accounts)).OfType<KeyColumn>().ToList();
        var hits = candidates.Where(key => key.Found > 0 && (key.Named || key.FindsMost)).ToList();
        var first = First(hits) ?? candidates.Where(key => key.Named).OrderBy(key => key.Rank).FirstOrDefault();
        if (first is null)
        {
            notes.Warn("no-account-column", "no column finds accounts, and none is called as an account's id, domain or name would be: "
                + "choose the column that names the account of each row, or make the accounts first");
            return [];
        }

        notes.Propose(first.Column, first.Target, Sure(first), first.Why());
        if (first.Found == 0)
            notes.Warn("no-account-found", $"none of the cells of \"{first.Column.Name}\" finds an account: "
                + "check the column, or make the accounts first, since the rows will be unmatched");
        var keys = new List<KeyColumn> { first };
        foreach (var other in hits.Where(key => key.Column != first.Column).OrderBy(key => key.Rank).ThenByDescending(key => key.Share))
        {
            var (agree, differ, more) = Compare(first, other, facts.FirstRows, accounts);
            var told = $"{other.Why()}; of the rows in which \"{first.Column.Name}\" finds nobody it finds {more}, "
                + $"where both find an account it is the same in {agree} rows and another in {differ}";
            var helps = other is { Named: true, FindsMost: true } && differ == 0 && agree >= AgreeingRows && more > 0;
            if (helps && keys.TrueForAll(key => key.By != other.By))
            {
                keys.Add(other);
                notes.Propose(other.Column, other.Target, Confidence.Likely, told);
            }
            else
            {
                notes.Consider(other.Column, other.Target, Confidence.Unsure, told);
            }
        }

        return keys;
    }

    public static MatchRule Rule(KeyColumn key) => new() { By = key.By, Column = key.Column.Name };

    private static KeyColumn? First(List<KeyColumn> hits)
    {
        var named = hits.Where(key => key.Named).ToList();
        var among = named.Count > 0 ? named : hits;
        if (among.Count == 0) return null;
        var most = among.Max(key => key.Share);
        return among.Where(key => key.Share >= most * 0.8).OrderBy(key => key.Rank).ThenByDescending(key => key.Share)
            .ThenBy(key => key.Column.Place).First();
    }

    private static Confidence Sure(KeyColumn key) => key.Found == 0 ? Confidence.Unsure
        : key is { Named: true, FindsMost: true } ? Confidence.Sure : Confidence.Likely;

    private static (int Agree, int Differ, int More) Compare(
        KeyColumn first, KeyColumn other, IReadOnlyList<string[]> rows, AccountMatcher accounts)
    {
        var (agree, differ, more) = (0, 0, 0);
        foreach (var row in rows)
        {
            var (one, two) = (accounts.Find(first.By, row[first.Column.Place]), accounts.Find(other.By, row[other.Column.Place]));
            if (!two.IsOne) continue;
            if (one.IsNone) more++;
            else if (one.IsOne && one.Ordinal == two.Ordinal) agree++;
            else differ++;
        }

        return (agree, differ, more);
    }
}
