using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Products;
using Usage.Core.Runs;
using Usage.Core.Values;
using Usage.Functions.Tests.Runs;
using Usage.Storage.Products;
using Usage.Testing.Machine;

namespace Usage.Functions.Tests.Imports;

/// <summary>What a run tells besides what became of its rows.</summary>
public sealed class WarningTests(ImportHost host)
{
    private const string Incomplete =
        "acme,2026-03-01,10\nacme,2026-03-01,n/a\nglobex,2026-03-01,7\nacme,2026-03-01,5\nacme,2026-03-02,4\nglobex,soon,1\n";

    [Fact]
    public async Task A_total_that_lacks_a_row_is_recorded_and_told_whatever_batch_the_row_is_in()
    {
        var integration = await host.AddIntegrationAsync(aggregate: Aggregate.Sum);

        var run = await host.ImportAsync(await host.DropAsync(integration.Id.Value, Incomplete));

        Assert.Equal(["acme 2026-03-01 15", "acme 2026-03-02 4", "globex 2026-03-01 7"], await host.StoredAsync(integration));
        Assert.Equal(RunStatus.PartiallySucceeded, run.Status);
        var warning = Assert.Single(run.Issues, issue => issue.Severity == Severity.Warning);
        Assert.Equal(("incomplete-total", 2L), (warning.Code, warning.Count));
        Assert.Equal(
            [
                $"acme, {integration.Id} on 2026-03-01: the sum of \"seats\" lacks row 2, refused for column \"seats\"; "
                    + "mend what was rejected to make it whole",
                $"globex, {integration.Id} on 2026-03-01: the sum of \"seats\" lacks row 6, refused for column \"day\"; "
                    + "mend what was rejected to make it whole",
            ],
            warning.Samples.Select(sample => sample.Message));
    }

    [Fact]
    public async Task Where_nothing_is_recorded_no_total_is_incomplete()
    {
        var integration = await host.AddIntegrationAsync(new ErrorPolicy { MaxErrors = 0 }, aggregate: Aggregate.Sum);

        var run = await host.ImportAsync(await host.DropAsync(integration.Id.Value, Incomplete));

        Assert.Equal(IssueCode.TooManyErrors, run.Error!.Code);
        Assert.Empty(await host.StoredAsync(integration));
        Assert.DoesNotContain(run.Issues, issue => issue.Severity == Severity.Warning);
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 0)]
    public async Task Without_history_superseded_rows_are_told(bool history, long superseded)
    {
        var integration = await host.AddIntegrationAsync(history: history);
        const string Rows = "acme,2026-03-01,1\nacme,2026-03-02,2\nglobex,2026-03-02,3\nacme,2026-03-03,4\n";

        var run = await host.ImportAsync(await host.DropAsync(integration.Id.Value, Rows));

        Assert.Equal((RunStatus.Succeeded, superseded), (run.Status, run.Rows.Superseded));
        Assert.Equal(history ? [] : [("rows-superseded", 2L)], run.Issues.Select(issue => (issue.Code, issue.Count)));
    }

    /// <summary>Their good cells were accepted and would be lost without a word.</summary>
    [Fact]
    public async Task Without_history_partial_rows_of_which_nothing_is_kept_are_told()
    {
        var more = new DimensionId("more");
        var integration = await host.AddIntegrationAsync(history: false, change: one => one with
        {
            Products = [one.Products[0] with
            {
                Dimensions = [.. one.Products[0].Dimensions, new DimensionMapping { Column = "more", Dimension = more }],
            }],
        });
        var product = (await host.Get<ProductStore>().GetAsync(integration.Products[0].Product, default))!;
        var dimension = new Dimension { Id = more, Name = "More", DataType = DataType.Numeric };
        await host.Get<ProductStore>().TryWriteAsync(
            product.Value with { Dimensions = [.. product.Value.Dimensions, dimension] }, product, default);
        byte[] rows =
        [
            .. "account,day,seats,more\nacme,2026-03-01,1,x\nacme,2026-03-02,2,x\n"u8,
            .. "globex,2026-03-02,3,x\nacme,2026-03-03,4,x\n"u8,
        ];

        var run = await host.ImportAsync(await host.DropBytesAsync(integration.Id.Value, rows, "partial.csv"));

        Assert.Equal((RunStatus.PartiallySucceeded, 4L, 0L), (run.Status, run.Rows.Partial, run.Rows.Superseded));
        Assert.Equal([("rows-superseded", 2L), ("not-a-number", 4L)], run.Issues.Select(issue => (issue.Code, issue.Count)));
    }

    [SlowFact]
    public async Task Rows_that_only_a_later_run_superseded_are_no_reason_for_the_advice()
    {
        var integration = await host.AddIntegrationAsync(history: false);
        var first = await host.ImportAsync(await host.DropAsync(integration.Id.Value, "acme,2026-03-01,1\n"));
        await host.ImportAsync(await host.DropAsync(integration.Id.Value, "acme,2026-03-01,2\n"));

        var late = await host.AgainAsync(first.Id);

        Assert.Equal(1, late.Rows.Superseded);
        Assert.Equal([("newer-value", 1L)], late.Issues.Select(issue => (issue.Code, issue.Count)));
    }

    [Fact]
    public async Task A_run_tells_how_many_rows_each_rule_found()
    {
        var integration = await host.AddIntegrationAsync();
        const string Rows = "acme,2026-03-01,1\nglobex,2026-03-02,x\nglobex,2026-03-02,3\nnobody,2026-03-03,4\nacme,2026-03-02,3\n";

        var run = await host.ImportAsync(await host.DropAsync(integration.Id.Value, Rows));

        Assert.Equal([new RuleMatches(MatchBy.AccountId, "account", 4)], run.Matched);
    }
}
