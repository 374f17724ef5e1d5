using FsCheck;
using FsCheck.Fluent;
using Usage.Core.Issues;
using Usage.Core.Snapshots.Rows;
using Usage.Core.Tests.Reference;

namespace Usage.Core.Tests.Snapshots.Rows;

/// <summary>What is kept of rows against the plain reference, for random files, configurations and cuts.</summary>
public sealed class RowTablePropertyTests
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(200);

    private static readonly Arbitrary<(int BatchBytes, int Top)> Cuts =
        (from bytes in Gen.Elements(1, 60, 300, 4 << 20) from top in Gen.Choose(1, 5) select (bytes, top)).ToArbitrary();

    [Fact]
    public void Every_row_is_read_again_as_the_reference_reads_it() =>
        Prop.ForAll(ImportCases.All, Cuts, (file, cut) => ReadAllAsync(file, cut.BatchBytes).GetAwaiter().GetResult()).Check(Runs);

    [Fact]
    public void The_pages_of_every_filter_have_the_rows_that_the_reference_has() =>
        Prop.ForAll(ImportCases.All, Cuts, (file, cut) => FilterAsync(file, cut.BatchBytes, cut.Top).GetAwaiter().GetResult()).Check(Runs);

    private static async Task ReadAllAsync(ImportCase file, int batchBytes)
    {
        if (await KeptImport.MakeAsync(file, batchBytes) is not { } kept) return;
        var expected = ReferenceImport.Run(file.Csv, file.Mapping, file.Accounts, []);
        foreach (var row in expected.Rows)
        {
            var found = await kept.ReadAsync(row.Row);
            Assert.Equal((row.Row, row.Outcome, row.Account), (found.Row, found.Outcome, kept.IdOf(found.Account)));
            Assert.Equal(row.Findings, found.Issues.Select(issue => (issue.Code, issue.Column)));
        }

        foreach (var code in IssueCode.OfRows)
            Assert.Equal(
                expected.Rows.Sum(row => row.Findings.LongCount(finding => finding.Code == code)),
                kept.Found(code).Sum(found => found.Count));
    }

    private static async Task FilterAsync(ImportCase file, int batchBytes, int top)
    {
        if (await KeptImport.MakeAsync(file, batchBytes) is not { } kept) return;
        var expected = ReferenceImport.Run(file.Csv, file.Mapping, file.Accounts, []).Rows;
        var findings = expected.SelectMany(row => row.Findings).Distinct().ToList();
        RowOutcome?[] outcomes = [null, .. Enum.GetValues<RowOutcome>()];
        string?[] codes = [null, IssueCode.NewerValue, .. findings.Select(finding => finding.Code).Distinct()];
        string?[] columns = [null, "nothing", .. findings.Select(finding => finding.Column?.ToUpperInvariant()).Distinct()];
        int?[] accounts = [null, .. file.Accounts.Take(3).Select(account => account.Ordinal)];
        foreach (var query in from outcome in outcomes
                              from code in codes
                              from column in columns
                              from account in accounts
                              select new RowQuery(outcome, code, column, account))
        {
            var account = query.Account is { } ordinal ? kept.IdOf(ordinal) : null;
            var such = expected.Where(row => (query.Outcome ?? row.Outcome) == row.Outcome
                && (account ?? row.Account) == row.Account
                && ((query.Code is null && query.Column is null) || row.Findings.Any(finding =>
                    (query.Code ?? finding.Code) == finding.Code
                    && (query.Column is null || string.Equals(query.Column, finding.Column, StringComparison.OrdinalIgnoreCase)))));
            Assert.Equal(such.Select(row => row.Row), Pages(kept, query, top));
        }
    }

    private static IEnumerable<long> Pages(KeptImport kept, RowQuery query, int top)
    {
        for (var after = 0L; kept.Find(query, after, top) is { Count: > 0 } page; after = page[^1])
            foreach (var row in page)
                yield return row;
    }
}
