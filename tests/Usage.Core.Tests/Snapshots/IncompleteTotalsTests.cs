using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Core.Products;
using Usage.Core.Snapshots;

namespace Usage.Core.Tests.Snapshots;

/// <summary>What is told of totals that lack refused rows.</summary>
public sealed class IncompleteTotalsTests
{
    [Fact]
    public async Task A_refused_cell_makes_the_total_of_its_date_incomplete()
    {
        var bench = new MergeBench(history: true, Aggregate.Sum).Row(1, "2026-10-03", mau: 10).Row(2, "2026-10-10", refused: true)
            .Row(3, "2026-10-17", mau: 5).Row(4, "2026-11-01", mau: 4).Row(5, "2026-10-03", mau: 7, account: 1)
            .Row(6, "2026-09-01", refused: true).Row(7, "2026-10-30", refused: true);
        Assert.Equal(["row 2: a0, platform on 2026-10-01: the sum of \"mau\" lacks row 2 and 1 more, refused for column \"mau\"; "
            + "mend what was rejected to make it whole"], await IncompleteAsync(bench));
    }

    [Fact]
    public async Task A_refused_date_makes_all_totals_of_its_account_incomplete()
    {
        var bench = new MergeBench(history: true, Aggregate.Count).Row(1, "2026-10-03", mau: 1, plan: "Pro").Row(2, "2026-09-10", mau: 1)
            .UndatedRow(3).Row(4, "2026-10-03", mau: 1, account: 1);
        Assert.Equal(
            [
                "row 3: a0, platform on 2026-10-01: the count of \"mau\" lacks row 3, refused for column \"day\"; "
                    + "mend what was rejected to make it whole",
                "row 3: a0, platform on 2026-09-01: the count of \"mau\" lacks row 3, refused for column \"day\"; "
                    + "mend what was rejected to make it whole",
            ],
            await IncompleteAsync(bench));
    }

    [Theory]
    [InlineData(2, 5, "row 2", "2 for column \"mau\", 1 for column \"day\"")]
    [InlineData(6, 2, "row 2", "1 for column \"day\", 2 for column \"mau\"")]
    public async Task Rows_that_are_refused_for_different_columns_are_told_apart(long cell, long date, string first, string columns)
    {
        var bench = new MergeBench(history: true, Aggregate.Sum).Row(1, "2026-10-03", mau: 10)
            .Row(cell, "2026-10-10", refused: true).Row(7, "2026-10-10", refused: true).UndatedRow(date);
        Assert.Equal([$"{first}: a0, platform on 2026-10-01: the sum of \"mau\" lacks {first} and 2 more, refused: {columns}; "
            + "mend what was rejected to make it whole"], await IncompleteAsync(bench));
    }

    [Fact]
    public async Task Samples_of_incomplete_totals_are_few_and_their_count_is_whole()
    {
        var bench = new MergeBench(history: true, Aggregate.Average);
        for (var account = 0; account < 150; account++)
            bench.Row((2 * account) + 1, "2026-10-03", mau: 1, account: account).UndatedRow((2 * account) + 2, account);
        var issue = Assert.Single(await IssuesAsync(bench));
        Assert.Equal((150, RunIssue.MaxSamples, 2), (issue.Count, issue.Samples.Count, issue.Samples[0].Row));
    }

    private static async Task<IReadOnlyList<RunIssue>> IssuesAsync(MergeBench bench)
    {
        var log = new IssueLog();
        foreach (var stored in await bench.GroupsAsync())
            IncompleteTotals.Count(log, bench.Mapping, stored, ordinal => new AccountId($"a{ordinal}"));
        return log.ToIssues();
    }

    private static async Task<IEnumerable<string>> IncompleteAsync(MergeBench bench)
    {
        var issue = Assert.Single(await IssuesAsync(bench));
        Assert.Equal(("incomplete-total", Severity.Warning, issue.Samples.Count), (issue.Code, issue.Severity, issue.Count));
        return issue.Samples.Select(sample => $"row {sample.Row}: {sample.Message}");
    }
}
