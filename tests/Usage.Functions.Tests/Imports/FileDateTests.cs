using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Core.Values;
using Usage.Storage.Imports;
using Usage.Storage.Runs;

namespace Usage.Functions.Tests.Imports;

/// <summary>The date of a file whose rows have none.</summary>
public sealed class FileDateTests(ImportHost host)
{
    private const string Rows = "acme,,3\nglobex,,4\n";

    [Theory]
    [InlineData("2026/usage_2026-02.csv", null, "2026-02-01", "daily: 2026-02-01 (the file's name) itself")]
    [InlineData("usage_2026-02.csv", "2026-03-05", "2026-03-05", "daily: 2026-03-05 (given with the file) itself")]
    [InlineData("usage.csv", "2026-03-05", "2026-03-05", "daily: 2026-03-05 (given with the file) itself")]
    public async Task A_file_is_dated_by_its_name_or_by_what_is_given_with_it(string name, string? date, string expected, string why)
    {
        var drop = await DropAsync(name, date);

        // As it is announced, read again from the container.
        var run = await host.ImportAsync((await host.Get<DropStore>().FindAsync(drop.Path, default))!);

        Assert.Equal((RunStatus.Succeeded, 2L), (run.Status, run.Snapshots));
        Assert.Equal([(expected, why)], run.Dates.Select(made => ($"{made.Date:yyyy-MM-dd}", made.Why)));
    }

    [Theory]
    [InlineData("usage-march.csv", null, IssueCode.FileDateMissing)]
    [InlineData("usage_2025-03_to_2025-04.csv", null, IssueCode.FileDateMissing)]
    [InlineData("usage_2025-03.csv", "soon", IssueCode.NotADate)]
    [InlineData("usage_2025-03.csv", "2031-01-01", IssueCode.DateInFuture)]
    [InlineData("usage_2031-01.csv", null, IssueCode.DateInFuture)]
    public async Task A_file_without_a_clear_date_fails_and_records_nothing(string name, string? date, string code)
    {
        var run = await host.ImportAsync(await DropAsync(name, date));

        Assert.Equal((RunStatus.Failed, code, 0L), (run.Status, run.Error!.Code, run.Snapshots));
        var issue = Assert.Single(run.Issues);
        Assert.Equal((code, Severity.Error, 1L), (issue.Code, issue.Severity, issue.Count));
        Assert.Equal(run.Error.Message, Assert.Single(issue.Samples).Message);
    }

    [Fact]
    public async Task What_is_known_of_the_file_stays_with_its_run_and_its_place_in_the_queue()
    {
        var drop = await DropAsync("usage.csv", "2026-03-05") with { SourceName = "ü 2026-02.csv" };
        await host.QueueAsync(drop, ImportHost.Asleep);

        Assert.Equal(drop, (await host.Runs.GetAsync(drop.RunId, default)).Drop);
        Assert.Equal(drop, (await host.Get<QueuedRuns>().FirstAsync(new(drop.Folder), default))!.Drop);
    }

    private async Task<Drop> DropAsync(string name, string? date)
    {
        var integration = await host.AddIntegrationAsync(change: dated => dated with
        {
            Products = [dated.Products[0] with { DateColumn = null }],
            File = new FileFormat { FileDate = "yyyy-MM" },
        });
        return await host.DropAsync(integration.Id.Value, Rows, name, date: date);
    }
}
