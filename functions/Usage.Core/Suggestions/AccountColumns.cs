using Usage.Core.Accounts;
using Usage.Core.Accounts.Matching;
using Usage.Core.Integrations;

namespace Usage.Core.Suggestions;

/// <summary>Finds the columns that identify accounts: by their cells or, where no cell finds an account, by their names.</summary>
internal static class AccountColumns
{
    // The most reliable first.
    private static readonly MatchBy[] Kinds = [MatchBy.CrmId, MatchBy.AccountId, MatchBy.Domain, MatchBy.Name];

    private static readonly Dictionary<string, MatchBy> Names = new()
    {
        ["crmid"] = MatchBy.CrmId,
        ["customerid"] = MatchBy.CrmId,
        ["salesforceid"] = MatchBy.CrmId,
        ["sfdcid"] = MatchBy.CrmId,
        ["hubspotid"] = MatchBy.CrmId,
        ["accountid"] = MatchBy.AccountId,
        ["account"] = MatchBy.AccountId,
        ["domain"] = MatchBy.Domain,
        ["website"] = MatchBy.Domain,
        ["email"] = MatchBy.Domain,
        ["url"] = MatchBy.Domain,
        ["emaildomain"] = MatchBy.Domain,
        ["company"] = MatchBy.Name,
        ["companyname"] = MatchBy.Name,
        ["accountname"] = MatchBy.Name,
        ["customer"] = MatchBy.Name,
        ["customername"] = MatchBy.Name,
        ["name"] = MatchBy.Name,
    };

    public static IReadOnlyList<(MatchRule Rule, string Reason)> Find(IReadOnlyList<ColumnProfile> columns, AccountMatcher accounts)
    {
        var found = new List<(MatchRule Rule, string Reason)>();
        foreach (var by in Kinds)
        {
            // Names are the last resort: several companies share one.
            if (by == MatchBy.Name && found.Count > 0) break;
            foreach (var column in columns.Where(column => found.All(rule => rule.Rule.Column != column.Name)))
                if (Matches(column, by, accounts) is var hits && hits * 2 >= column.Cells.Count && hits > 0)
                    found.Add((new MatchRule { By = by, Column = column.Name },
                        $"{hits} of {column.Cells.Count} cells find an account by {CoreJson.Word(by)}"));
        }

        if (found.Count > 0) return found;
        return
        [
            .. columns.Where(column => column.Type is ColumnType.Text or ColumnType.Numeric && Names.ContainsKey(Key(column.Name)))
                .Select(column => new MatchRule { By = Names[Key(column.Name)], Column = column.Name })
                .OrderBy(rule => Array.IndexOf(Kinds, rule.By))
                .Select(rule => (rule, $"it is called as a column of {CoreJson.Word(rule.By)} would be; no cell finds an account yet"))
                .Take(1),
        ];
    }

    private static int Matches(ColumnProfile column, MatchBy by, AccountMatcher accounts) =>
        column.Type is ColumnType.Date or ColumnType.Boolean ? 0 : column.Cells.Count(cell => accounts.Find(by, cell).IsOne);

    private static string Key(string column) => string.Concat(column.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
