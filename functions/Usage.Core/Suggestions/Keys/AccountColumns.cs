using Usage.Core.Accounts.Matching;
using Usage.Core.Integrations;
using Usage.Core.Suggestions.Reasons;
using Usage.Core.Suggestions.Samples;
using static System.FormattableString;

namespace Usage.Core.Suggestions.Keys;

/// <summary>
/// The columns that identify accounts: at most one for each kind of key. The first is the one whose name and cells say so; another one
/// only where it finds accounts that the first doesn't, and never contradicts it. Where others that are as good find other accounts,
/// nobody but a person can tell.
/// </summary>
/// <param name="Keys">By which rows are told apart; where it is open, the likeliest.</param>
/// <param name="Rivals">That find other accounts than the first key does; any: it is open by which the file is matched.</param>
internal sealed record AccountColumns(IReadOnlyList<KeyColumn> Keys, IReadOnlyList<KeyColumn> Rivals)
{
    private const int AgreeingRows = 2;

    public IReadOnlyList<MatchRule> Rules =>
        Rivals.Count > 0 ? [] : [.. Keys.Select(key => new MatchRule { By = key.By, Column = key.Column.Name })];

    public bool Contains(Columns.ColumnProfile column) => Keys.Concat(Rivals).Any(key => key.Column == column);

    public static AccountColumns Find(SampleFacts facts, AccountMatcher accounts, Notes notes)
    {
        var candidates = facts.Usable.Select(column => KeyColumn.Of(column, facts.FirstRows, accounts)).OfType<KeyColumn>().ToList();
        var hits = candidates.Where(key => key.Found > 0 && (key.Named || key.FindsMost)).ToList();
        var first = First(hits) ?? InOrder(candidates.Where(key => key.Named)).FirstOrDefault();
        if (first is null)
        {
            notes.Warn("no-account-column", "no column finds accounts, and none is called as an account's id, domain or name would be: "
                + "choose the column that names the account of each row, or make the accounts first");
            return new AccountColumns([], []);
        }

        var others = InOrder(hits.Where(key => key.Column != first.Column))
            .Select(key => (Key: key, Beside: Beside.Of(first, key, facts.FirstRows, accounts))).ToList();
        if (first.MayCountRows)
            others.AddRange(InOrder(candidates.Where(key => key.Found == 0 && key.Named && !key.Column.Words.SaysNoSubject))
                .Select(key => (key, Beside.None)));
        var rivals = others.Where(other => other.Beside.Contradicts && MayBeMeant(first, other.Key)).ToList();
        notes.Propose(first.Column, first.Target, rivals.Count > 0 ? Confidence.Unsure : Sure(first), first.Why());
        if (first.Found == 0)
            notes.Warn("no-account-found", $"none of the cells of \"{first.Column.Name}\" finds an account: "
                + "check the column, or make the accounts first, since the rows will be unmatched");
        if (rivals.Count > 0)
            notes.LeaveOpen("which column names the account of each row (match)",
            [
                new ChoiceOption(first.Column.Name, Joined(rivals[0].Beside.Mine, first.Why())),
                .. rivals.Select(other => new ChoiceOption(other.Key.Column.Name, Joined(other.Beside.Its, other.Key.Why()))),
            ]);
        var keys = new List<KeyColumn> { first };
        foreach (var (other, beside) in others)
        {
            var told = other.Found == 0 ? other.Why() : $"{other.Why()}; of the rows in which \"{first.Column.Name}\" finds nobody "
                + $"it finds {beside.More}, where both find an account it is the same in {beside.Agree} rows and another in "
                + Invariant($"{beside.Differ}");
            var helps = other is { Named: true, FindsMost: true } && beside is { Differ: 0, Agree: >= AgreeingRows, More: > 0 };
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

        return new AccountColumns(keys, [.. rivals.Select(other => other.Key)]);
    }

    private static string Joined(string found, string why) => found.Length == 0 ? why : $"{found}; {why}";

    private static KeyColumn? First(List<KeyColumn> hits)
    {
        var named = hits.Where(key => key.Named).ToList();
        var among = named.Count > 0 ? named : hits;
        var own = among.Where(key => key.FindsMost && !key.Column.Words.SaysOtherParty).ToList();
        if (own.Count > 0) among = own;
        var most = among.Count == 0 ? 0 : among.Max(key => key.Share);
        return InOrder(among.Where(key => key.Share >= most * 0.8)).FirstOrDefault();
    }

    private static IEnumerable<KeyColumn> InOrder(IEnumerable<KeyColumn> keys) => keys
        .OrderBy(key => key.Column.Words.SaysOtherParty).ThenBy(key => key.Rank).ThenBy(key => key.Column.Words.SaysNoSubject)
        .ThenByDescending(key => key.Share).ThenBy(key => key.Column.Place);

    /// <summary>Whether the other column is as good a key by its name, so that its finding other accounts leaves it open.</summary>
    private static bool MayBeMeant(KeyColumn first, KeyColumn other) =>
        (other.FindsMost || (first.MayCountRows && other.Named && !other.Column.Words.SaysNoSubject))
            && other.Column.Words.SaysOtherParty == first.Column.Words.SaysOtherParty
            && (other.Named || !first.Named || first.Column.Words.SaysNoSubject)
            && (other.By != first.By || other.Column.Words.SaysNoSubject == first.Column.Words.SaysNoSubject);

    private static Confidence Sure(KeyColumn key) => key.Found == 0 ? Confidence.Unsure
        : key is { Named: true, FindsMost: true } ? Confidence.Sure : Confidence.Likely;

    /// <summary>What another column finds in the rows in which the first one finds an account, and in the others.</summary>
    /// <param name="Mine">An account that the first one finds in a row in which the other finds another one.</param>
    /// <param name="Its">What the other one finds in that row.</param>
    private sealed record Beside(int Agree, int Differ, int More, string Mine, string Its)
    {
        /// <summary>It finds nobody, although it is called as what would.</summary>
        public static Beside None { get; } = new(0, Differ: 1, 0, "", "");

        public bool Contradicts => Differ > 0 && Differ * 5 >= Agree + Differ;

        public static Beside Of(KeyColumn first, KeyColumn other, IReadOnlyList<string[]> rows, AccountMatcher accounts)
        {
            var found = new Beside(0, 0, 0, "", "");
            foreach (var row in rows)
            {
                var (one, two) = (first.Find(row, accounts), other.Find(row, accounts));
                if (!two.IsOne) continue;
                if (one.IsNone) found = found with { More = found.More + 1 };
                else if (one.IsOne && one.Ordinal == two.Ordinal) found = found with { Agree = found.Agree + 1 };
                else
                    found = found with
                    {
                        Differ = found.Differ + 1,
                        Mine = found.Differ == 0 ? Told(first, row, one, accounts) : found.Mine,
                        Its = found.Differ == 0 ? Told(other, row, two, accounts) : found.Its,
                    };
            }

            return found;
        }

        private static string Told(KeyColumn key, string[] row, KeyMatch match, AccountMatcher accounts) =>
            $"\"{CellText.Shown(row[key.Column.Place])}\" is " + (match.IsOne ? accounts[match.Ordinal] is var account
                ? $"account \"{account.Id}\" ({account.Name})" : "" : Invariant($"one of {match.Ordinals.Count} accounts"));
    }
}
