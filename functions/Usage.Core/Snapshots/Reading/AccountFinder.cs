using Usage.Core.Accounts;
using Usage.Core.Accounts.Matching;
using Usage.Core.Files;
using Usage.Core.Files.Reading;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Values;

namespace Usage.Core.Snapshots.Reading;

/// <summary>
/// Applies an integration's match rules to rows: the first that finds one account wins, the first that finds several ends the row.
/// </summary>
internal sealed class AccountFinder(IReadOnlyList<MatchRule> rules, ColumnMap columns, IRowAccounts accounts, ValueParser cells)
{
    private const int MaxIdsShown = 5;

    private readonly (MatchBy By, int Index, string Column)[] _rules =
        [.. rules.Select(rule => (rule.By, columns.Find(rule.Column), columns.NameOf(rule.Column)))];

    private readonly List<(MatchBy By, int Index)> _looked = [];

    /// <summary>The places of the columns that are looked at.</summary>
    public IEnumerable<int> Columns => _rules.Select(rule => rule.Index);

    /// <summary>The kind of key that found the last account.</summary>
    public MatchBy MatchedBy { get; private set; }

    /// <summary>The place of the rule that found the last account, or the last ones.</summary>
    public int Rule { get; private set; }

    /// <summary>What that rule found.</summary>
    public KeyMatch Found { get; private set; }

    /// <summary>
    /// The identifiers of the last row: those that were looked up, the one that the row counts for first. None: no cell had one.
    /// </summary>
    public IReadOnlyList<(MatchBy By, int Index)> Looked => _looked;

    /// <param name="outcome">Unmatched or ambiguous where there is no such account; then it is among the findings.</param>
    /// <returns>The account's ordinal; negative when there isn't exactly one.</returns>
    public int Find(RecordReader record, RowFindings findings, out RowOutcome outcome)
    {
        outcome = RowOutcome.Unmatched;
        _looked.Clear();
        for (var rule = 0; rule < _rules.Length; rule++)
        {
            var (by, index, column) = _rules[rule];
            var cell = record.GetCell(index);
            if (cells.IsBlank(cell)) continue;
            _looked.Add((by, index));
            var match = accounts.Find(record.Row, rule, by, cell);
            if (match.IsNone) continue;
            (MatchedBy, Rule, Found) = (by, rule, match);
            if (match.IsOne) return match.Ordinal;
            outcome = RowOutcome.Ambiguous;
            _looked.Reverse();
            findings.Add(SeveralFound(by, cell, match.Ordinals), record.Row, column);
            return -1;
        }

        findings.Add(NobodyFound(record));
        return -1;
    }

    private static string Expected(MatchBy by) => by switch
    {
        MatchBy.CrmId => "the CRM id of an account",
        MatchBy.Domain => "the domain of an account",
        MatchBy.Name => "the name of an account",
        _ => "the id of an account",
    };

    private CellProblem SeveralFound(MatchBy by, ReadOnlySpan<byte> cell, IReadOnlyList<int> ordinals)
    {
        var ids = string.Join(", ", ordinals.Take(MaxIdsShown).Select(IdOf));
        var more = ordinals.Count > MaxIdsShown ? ", …" : "";
        return new CellProblem(IssueCode.Ambiguous, CellText.Shown(cell),
            $"{Expected(by)}, one only, not of {ordinals.Count} ({ids}{more})");
    }

    private string IdOf(int ordinal) => accounts.AccountOf(ordinal)?.Id.Value ?? "a deleted account";

    private RowIssue NobodyFound(RecordReader record)
    {
        if (_rules.Length == 0)
            return new RowIssue(
                IssueCode.NoAccountKey, null, null,
                $"row {record.Row}: no column is chosen that names accounts, expected a rule in match");
        var tried = Array.FindAll(_rules, rule => !cells.IsBlank(record.GetCell(rule.Index)));
        var code = tried.Length == 0 ? IssueCode.NoAccountKey : IssueCode.Unmatched;
        if (tried.Length == 0) tried = _rules;

        var problems = tried
            .Select(rule => (rule.Column, Problem: new CellProblem(code, CellText.Shown(record.GetCell(rule.Index)),
                Expected(rule.By) + record.QuoteHint(rule.Index))))
            .ToArray();
        var rowPart = $"row {record.Row}, ";
        var message = string.Join("; ", problems.Select((tried, place) =>
            place == 0
                ? tried.Problem.Message(record.Row, tried.Column)
                : tried.Problem.Message(record.Row, tried.Column)[rowPart.Length..]));
        return new RowIssue(code, problems[0].Column, problems[0].Problem.Found, message);
    }
}
