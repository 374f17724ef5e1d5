using Usage.Core.Ids;
using Usage.Core.Problems;

namespace Usage.Core.Accounts;

/// <summary>
/// Rows of an accounts CSV, with the columns <c>account_id,name,crm_id,domains,aliases</c> in any order. A column that isn't
/// there keeps what is stored; a blank cell of one that is there takes it away.
/// </summary>
public sealed class AccountSheet
{
    private static readonly string[] Columns = ["account_id", "name", "crm_id", "domains", "aliases"];

    private readonly int[] places;

    private AccountSheet(int[] places) => this.places = places;

    /// <returns>Null with the problems when a column is missing or there twice.</returns>
    public static AccountSheet? Open(IReadOnlyList<string> header, out IReadOnlyList<Problem> problems)
    {
        var found = new ProblemList();
        var places = Columns.Select(c => Place(header, c, found)).ToArray();
        foreach (var i in new[] { 0, 1 })
            if (places[i] < 0)
                found.Wrong(ProblemCode.Required, Columns[i], $"found the columns {string.Join(", ", header.Select(CellText.Shown))}, expected {Columns[i]} among them");
        problems = found.Problems;
        return problems.Count == 0 ? new AccountSheet(places) : null;
    }

    /// <summary>The id of a row's account, by which the stored one is found.</summary>
    public bool TryReadId(IReadOnlyList<string> cells, out AccountId id) => AccountId.TryParse(Cell(cells, 0), out id);

    /// <param name="stored">The account with the row's id; null: there is none yet.</param>
    /// <returns>Null with the problems, whose paths are column names.</returns>
    public Account? Read(IReadOnlyList<string> cells, Account? stored, out IReadOnlyList<Problem> problems)
    {
        if (!TryReadId(cells, out var id))
        {
            problems = [new Problem(ProblemCode.Invalid, Columns[0], $"found \"{CellText.Shown(Cell(cells, 0) ?? "")}\", expected {AccountId.Rule}")];
            return null;
        }
        var crmId = Cell(cells, 2);
        var account = new Account
        {
            Id = id,
            Name = Cell(cells, 1) ?? "",
            CrmId = crmId is null ? stored?.CrmId : crmId.Length == 0 ? null : crmId,
            Domains = List(cells, 3) ?? stored?.Domains ?? [],
            Aliases = List(cells, 4) ?? stored?.Aliases ?? [],
        };
        problems = [.. AccountRules.Validate(account).Select(p => p with { Path = ColumnOf(p.Path) })];
        return problems.Count == 0 ? account : null;
    }

    /// <summary>Whether an import would leave the account as it is.</summary>
    public static bool Same(Account a, Account b) =>
        a.Id == b.Id && a.Name == b.Name && a.CrmId == b.CrmId && a.Domains.SequenceEqual(b.Domains) && a.Aliases.SequenceEqual(b.Aliases);

    private static int Place(IReadOnlyList<string> header, string column, ProblemList problems)
    {
        var matches = Enumerable.Range(0, header.Count).Where(i => string.Equals(header[i].Trim(), column, StringComparison.OrdinalIgnoreCase)).ToList();
        if (matches.Count > 1) problems.Wrong(ProblemCode.Duplicate, column, $"found {matches.Count} columns of this name, expected one");
        return matches.Count == 0 ? -1 : matches[0];
    }

    private string? Cell(IReadOnlyList<string> cells, int column) =>
        places[column] < 0 ? null : places[column] < cells.Count ? cells[places[column]].Trim() : "";

    private string[]? List(IReadOnlyList<string> cells, int column) =>
        Cell(cells, column)?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string ColumnOf(string path) => path == "crmId" ? "crm_id" : path.Split('[')[0];
}
