using Usage.Core.Accounts;
using Usage.Core.Files;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Functions.Runs.Rows;
using Usage.Functions.Tests.Imports;
using Usage.Functions.Tests.Runs;
using Usage.Storage.Erasing;
using Usage.Storage.Imports;
using Usage.Storage.Unmatched;
using Usage.Testing.Machine;

namespace Usage.Functions.Tests.Children;

/// <summary>What is told of rows that were fixed, and which of a run's rows wait after fixes and undos of them.</summary>
public sealed class FixedRowTests(ImportHost host)
{
    private const string Rows =
        "acme,2026-08-01,1\nacme,2026-08-02,N/A\nnobody,2026-08-01,7\nglobex,2026-08-01,1,234\nglobex,2026-08-99,4\n";

    [SlowFact]
    public async Task Rows_of_a_fix_are_those_that_it_was_about_as_they_stand_after_it()
    {
        var parent = await ImportAsync(Rows);
        await host.FixCellAsync(parent, 2, "seats", "50");
        var moved = await host.FixCellAsync(parent, 5, "day", "2026-08-07");

        var (kept, _) = await host.Get<KeptRuns>().FindAsync(moved, default);
        var filters = new[]
        {
            RowFilter.All, RowFilter.All with { Outcome = RowOutcome.Recorded }, RowFilter.All with { Account = new AccountId("globex") },
            RowFilter.All with { Date = new DateOnly(2026, 8, 7) }, RowFilter.All with { Date = new DateOnly(2026, 8, 2) },
            RowFilter.All with { Outcome = RowOutcome.Unmatched }, RowFilter.All with { Code = "not-a-number" },
        };
        var found = new List<string>();
        foreach (var filter in filters)
            found.Add(string.Join(' ', (await host.Get<RowPages>().ReadAsync(kept!, filter, 0, 10, default)).Rows
                .Select(row => $"{row.Row} {row.Outcome} {row.Cells["day"]}")));

        const string Row = "5 Recorded 2026-08-07";
        Assert.Equal([Row, Row, Row, Row, "", "", ""], found);
    }

    [Fact]
    public async Task Rows_wait_again_where_what_released_them_is_undone_and_no_more_where_that_is_undone()
    {
        var parent = await ImportAsync(Rows + "ghost,2026-08-03,1\n");
        Assert.Equal((1, 1, "ghost nobody"), await AllAsync());
        var first = await host.FixCellAsync(parent, 3, "account", "acme");
        Assert.Equal((0, 1, "ghost"), await AllAsync());
        await host.FixCellAsync(parent, 6, "account", "globex");
        Assert.Equal((0, 0, ""), await AllAsync());
        var undo = await host.UndoAsync(first);
        // What another one released since doesn't wait.
        Assert.Equal((1, 0, "nobody"), await AllAsync());
        await host.UndoAsync(undo.Id);
        Assert.Equal((0, 0, ""), await AllAsync());

        // Of the run itself, and of all runs of the integration.
        async Task<(long, long, string)> AllAsync() => (
            await WaitingAsync(parent, "nobody"), await WaitingAsync(parent, "ghost"), await ListedAsync(parent.Integration!.Value));
    }

    /// <summary>An erase leaves blanks in the copy of the file, where rows keep their numbers.</summary>
    [SlowFact]
    public async Task Rows_that_wait_again_are_the_same_behind_rows_that_were_erased()
    {
        var parent = await ImportAsync("acme,2026-08-02,1\nghost,2026-08-01,2\nnobody,2026-08-01,7\n");
        var first = await host.FixCellAsync(parent, 2, "account", "acme");
        await host.FixCellAsync(parent, 3, "account", "globex");
        await EraseRowAsync(parent, row: 1, "account,day,seats\n".Length, "acme,2026-08-02,1".Length);

        await host.UndoAsync(first);

        Assert.Equal((1, 0), (await WaitingAsync(parent, "ghost"), await WaitingAsync(parent, "nobody")));
    }

    private async Task<Run> ImportAsync(string rows)
    {
        var integration = await host.AddIntegrationAsync(new ErrorPolicy { Mode = ErrorMode.SkipCell });
        return await host.ImportAsync(await host.DropAsync(integration.Id.Value, rows));
    }

    private async Task EraseRowAsync(Run run, long row, long offset, long length)
    {
        var erase = RunIdText.Unique(DateTimeOffset.UtcNow, Guid.NewGuid());
        await host.Get<ErasedRowFiles>().AddAsync(run.Id, erase, [new ErasedRow(row, offset, length)], default);
        var stored = await host.Runs.GetAsync(run.Id, default);
        var plan = (await host.Get<RunFiles>().PlanAsync(run.Id, default)).Plan;
        await host.Get<ErasedCopies>().BlankAsync(stored, plan, await host.Get<ErasedRowFiles>().FindAsync(run.Id, default), default);
    }

    private async Task<string> ListedAsync(IntegrationId integration)
    {
        var reader = host.Get<UnmatchedReader>();
        var listed = reader.ReadAsync(await reader.OpenAsync(integration, default), after: null, whole: true, default);
        return string.Join(' ', await listed.Select(key => key.Key.Text).Order().ToListAsync());
    }

    private async Task<long> WaitingAsync(Run run, string key) =>
        (await host.Get<RunIdentifiers>().FindAsync(run.Id, MatchBy.AccountId, key, default))?.Rows ?? 0;
}
