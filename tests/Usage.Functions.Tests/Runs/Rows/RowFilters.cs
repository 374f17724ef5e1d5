using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Functions.Runs.Rows;

namespace Usage.Functions.Tests.Runs.Rows;

/// <summary>What may be asked of a run's rows, and which rows of the reference it finds.</summary>
internal static class RowFilters
{
    public static IEnumerable<RowFilter> All(ProductId product, IReadOnlyList<RowReference.Row> expected)
    {
        var all = RowFilter.All;
        yield return all;
        foreach (var outcome in Enum.GetValues<RowOutcome>()) yield return all with { Outcome = outcome };
        foreach (var code in IssueCode.OfRows) yield return all with { Code = code };
        foreach (var column in new[] { "account", "DAY", "seats", "nothing" }) yield return all with { Column = column };
        yield return all with { Code = IssueCode.NotANumber, Column = "logins" };
        yield return all with { Code = IssueCode.NewerValue, Outcome = RowOutcome.Superseded };
        foreach (var account in new[] { "acme", "globex", "nobody" })
        {
            yield return all with { Account = new AccountId(account) };
            foreach (var (date, dimension) in expected.SelectMany(row => row.Given).Distinct())
                yield return all with
                {
                    Account = new AccountId(account),
                    Product = product,
                    Date = date,
                    Dimension = new DimensionId(dimension),
                };
        }

        yield return all with { Product = product };
        yield return all with { Product = new ProductId("another") };
        yield return all with { Date = new DateOnly(2026, 8, 2), Outcome = RowOutcome.Partial };
        yield return all with { Dimension = new DimensionId("logins") };
    }

    public static bool Fits(RowReference.Row row, RowFilter filter) =>
        (filter.Outcome ?? row.Outcome) == row.Outcome
        && (filter.Account?.Value ?? row.Account) == row.Account
        && (filter is { Code: null, Column: null } || FindingsOf(row).Any(finding =>
            (filter.Code ?? finding.Code) == finding.Code
            && (filter.Column is null || string.Equals(filter.Column, finding.Column, StringComparison.OrdinalIgnoreCase))))
        && filter.Product?.Value != "another"
        && (!filter.IsOfValues || row.Given.Any(given =>
            (filter.Date ?? given.Date) == given.Date && (filter.Dimension?.Value ?? given.Dimension) == given.Dimension));

    public static IEnumerable<(string Code, string? Column)> FindingsOf(RowReference.Row row) =>
        row.Newer.Count > 0 ? [.. row.Findings, (IssueCode.NewerValue, null)] : row.Findings;
}
