using System.Globalization;
using System.Text;
using Usage.Core.Accounts;
using Usage.Core.Files;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Functions.Tests.Runs;
using Usage.Storage;
using Usage.Storage.Accounts;
using Usage.Storage.Children;
using Usage.Storage.Runs;
using Usage.Testing.Machine;

namespace Usage.Functions.Tests.Erasing;

/// <summary>Which rows of a file go with an account.</summary>
[Collection(EraseTestGroup.Name)]
public sealed class ErasedRowTests(EraseHost host)
{
    /// <summary>Somebody took it for the account's, took that back, and said whose it is.</summary>
    [SlowFact]
    public async Task Row_that_is_another_accounts_by_now_stays()
    {
        var integration = await host.AddIntegrationAsync();
        var (gone, stays) = (await host.AddAccountAsync(), await host.AddAccountAsync());
        var run = await host.ImportAsync(await host.DropAsync(integration.Id.Value, $"{stays},2026-10-01,1\nmistaken,2026-10-02,5\n"));
        var wrong = await host.ReplayAsync(run.Id, "mistaken", gone);
        await host.UndoAsync((await host.PlanUndoAsync(wrong.Id))!);
        await host.ReplayAsync(run.Id, "mistaken", stays);

        var erase = await host.EraseAsync(gone);

        Assert.Equal(RunStatus.Succeeded, erase.Status);
        Assert.Equal([$"{stays} 2026-10-01 1", $"{stays} 2026-10-02 5"], await host.StoredAsync(integration));
        Assert.Equal(["mistaken"], (await host.RowsAsync(run.Id)).Where(row => row.Row == 2).Select(row => row.Cells["account"]));
    }

    /// <summary>Its file couldn't be planned as it was, and what made it so names the account.</summary>
    [Fact]
    public async Task Fix_that_planned_its_file_anew_loses_the_rows_and_what_it_mended_of_them()
    {
        var integration = await host.AddIntegrationAsync();
        var (gone, stays) = (await host.AddAccountAsync(), await host.AddAccountAsync());
        var run = await host.ImportAsync(await host.DropAsync(
            integration.Id.Value, $"{gone},03/04/2026,1\n{stays},05/06/2026,2\nwrong,05/06/2026,4\n"));
        Assert.True(run.IsUndecided());
        var rules = new Mends { Rules = [new MendRule("account", "wrong", gone.Value)] };
        var failed = await host.FixAsync(new ChildPlan(run.Id)
        {
            Mends = rules with { Rows = [new MendedRow(3, new Dictionary<string, string> { ["account"] = $"Name of {gone}" })] },
        });
        Assert.True(failed.IsUndecided());
        var fix = await host.FixAsync(new ChildPlan(run.Id)
        {
            Mends = rules with { Rows = [new MendedRow(1, new Dictionary<string, string> { ["day"] = "15/04/2026" })] },
        });
        Assert.Equal((RunStatus.Succeeded, 3L), (fix.Status, fix.Rows.Recorded));

        await host.EraseAsync(gone);

        foreach (var of in new[] { run.Id, failed.Id, fix.Id })
            Assert.Empty(await StoredTexts.FindAsync(host, of, [gone.Value, "15/04/2026"]));
        Assert.Equal([$"{stays} 2026-06-05 2"], await host.StoredAsync(integration));
        Assert.Equal([2L], (await host.RowsAsync(fix.Id)).Select(row => row.Row));
    }

    [Fact]
    public async Task Copy_of_a_file_whose_fix_has_mended_a_row_to_be_the_accounts_goes()
    {
        var integration = await host.AddIntegrationAsync();
        var (gone, stays) = (await host.AddAccountAsync(), await host.AddAccountAsync());
        var run = await host.ImportAsync(await host.DropAsync(integration.Id.Value, $"typo,03/04/2026,77\n{stays},05/06/2026,2\n"));
        await host.FixAsync(new ChildPlan(run.Id)
        {
            Mends = new Mends
            {
                Rules = [new MendRule("account", "typo", gone.Value)],
                Rows = [new MendedRow(1, new Dictionary<string, string> { ["day"] = "15/04/2026" })],
            },
        });

        await host.EraseAsync(gone);

        Assert.Empty(await StoredTexts.FindAsync(host, run.Id, ["typo"]));
        Assert.Equal([$"{stays} 2026-06-05 2"], await host.StoredAsync(integration));
    }

    /// <summary>In any case and encoding, as a word of its own: a part of another's id names nobody.</summary>
    [Theory]
    [InlineData("{0}", true)]
    [InlineData("{1}", true)]
    [InlineData("x{0}", false)]
    [InlineData("jané;{1}", true)]
    [InlineData("jané;{1}2", false)]
    public async Task Copy_of_a_file_that_could_not_be_planned_goes_where_it_names_the_account(string key, bool goes)
    {
        var integration = await host.AddIntegrationAsync();
        var gone = await host.AddAccountAsync();
        var name = string.Format(CultureInfo.InvariantCulture, key, gone, gone.Value.ToUpperInvariant());
        var run = await host.ImportAsync(await host.DropBytesAsync(integration.Id.Value,
            Encoding.Latin1.GetBytes($"account,day,seats\n{name},03/04/2026,1\nother,05/06/2026,2\n"), "october.csv"));
        Assert.True(run.IsUndecided());

        await host.EraseAsync(gone);

        var copy = (await host.Get<RunStore>().GetAsync(run.Id, default)).Content;
        Assert.Equal(!goes, await host.Get<UsageBlobs>().Runs.GetBlobClient(copy.Blob).ExistsAsync());
    }

    /// <summary>The account's key is what a rule makes of a measure.</summary>
    [Fact]
    public async Task Rule_that_mends_rows_of_others_stays()
    {
        var integration = await host.AddIntegrationAsync();
        var stays = await host.AddAccountAsync();
        var gone = new AccountId($"{Random.Shared.Next(1_000_000, 9_000_000)}");
        await host.Get<AccountStore>().WriteAsync(new Account { Id = gone, Name = $"Name of {gone}" }, null, default);
        var run = await host.ImportAsync(await host.DropAsync(integration.Id.Value, $"{stays},2026-10-01,N/A\n{stays},2026-11-01,x\n"));
        await host.FixAsync(new ChildPlan(run.Id) { Mends = new Mends { Rules = [new MendRule("seats", "N/A", gone.Value)] } });

        await host.EraseAsync(gone);
        await host.FixCellAsync(run, 2, "seats", "2");

        Assert.Equal([$"{stays} 2026-10-01 {gone}", $"{stays} 2026-11-01 2"], await host.StoredAsync(integration));
    }
}
