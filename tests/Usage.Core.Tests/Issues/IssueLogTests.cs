using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Usage.Core.Issues;

namespace Usage.Core.Tests.Issues;

public sealed class IssueLogTests
{
    [Fact]
    public void Counts_all_and_keeps_the_first_ten_in_row_order()
    {
        var log = new IssueLog();
        foreach (var row in Enumerable.Range(1, 25).Reverse()) log.Add(IssueCode.NotANumber, Sample(row));
        var issue = Assert.Single(log.ToIssues());
        Assert.Equal(25, issue.Count);
        Assert.Equal(Enumerable.Range(1, 10).Select(row => (long?)row), issue.Samples.Select(sample => sample.Row));
    }

    [Fact]
    public void Findings_of_one_row_stay_in_their_order()
    {
        var log = new IssueLog();
        log.Add(IssueCode.NotANumber, Sample(2, "zebra"));
        log.Add(IssueCode.NotANumber, Sample(2, "ant"));
        log.Add(IssueCode.NotANumber, Sample(1, "mau"));
        Assert.Equal(["mau", "zebra", "ant"], log.ToIssues()[0].Samples.Select(sample => sample.Column));
    }

    [Fact]
    public void What_concerns_the_file_comes_first()
    {
        var log = new IssueLog();
        log.Add(IssueCode.Unmatched, Sample(1));
        log.Add(IssueCode.ReadAsWindows1252, new IssueSample(null, null, null, "read as Windows-1252"), Severity.Warning);
        Assert.Equal([IssueCode.ReadAsWindows1252, IssueCode.Unmatched], log.ToIssues().Select(issue => issue.Code));
        Assert.Equal(Severity.Warning, log.ToIssues()[0].Severity);
    }

    [Fact]
    public void Merging_in_any_order_gives_the_same() =>
        Prop.ForAll(
            Gen.Zip(Gen.Choose(0, 5), Gen.Elements(IssueCode.NotANumber, IssueCode.Unmatched)).ListOf().ToArbitrary(),
            Gen.Choose(0, int.MaxValue).ToArbitrary(),
            (findings, seed) =>
            {
                var whole = new IssueLog();
                var parts = Enumerable.Range(0, 6).Select(_ => new IssueLog()).ToArray();
                for (var row = 1; row <= findings.Count; row++)
                {
                    whole.Add(findings[row - 1].Item2, Sample(row));
                    parts[findings[row - 1].Item1].Add(findings[row - 1].Item2, Sample(row));
                }

                new Random(seed).Shuffle(parts);
                var merged = new IssueLog();
                foreach (var part in parts) merged.Merge(part.ToIssues());
                Assert.Equal(Json(whole), Json(merged));
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Looks_in_json_as_the_api_says()
    {
        var log = new IssueLog();
        log.Add(IssueCode.NotANumber, new IssueSample(2, "mau", "N/A", "bad"));
        Assert.Equal(
            """[{"code":"not-a-number","severity":"error","count":1,"samples":[{"row":2,"column":"mau","found":"N/A","message":"bad"}]}]""",
            Json(log));
    }

    private static IssueSample Sample(long row, string column = "mau") => new(row, column, "N/A", $"row {row}");

    private static string Json(IssueLog log) => JsonSerializer.Serialize(log.ToIssues(), CoreJson.Options);
}
