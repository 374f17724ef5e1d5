using System.Text.Json;
using Usage.Core.Access;
using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Functions.Imports;
using Usage.Functions.Imports.Admission;
using Usage.Functions.Imports.Reading;
using Usage.Functions.Mending;
using Usage.Storage.Access;
using Usage.Storage.Accounts;
using Usage.Storage.Changes;
using Usage.Storage.Erasing;
using Usage.Storage.Products;
using Usage.Storage.Unmatched;
using Usage.Testing.Machine;

namespace Usage.Functions.Tests.Erasing;

[Collection(EraseTestGroup.Name)]
public sealed class EraseTests(EraseHost host)
{
    [Fact]
    public async Task Account_is_gone_with_its_snapshots_and_changes_and_others_stay()
    {
        var integration = await host.AddIntegrationAsync();
        var (gone, stays) = (await host.AddAccountAsync(), await host.AddAccountAsync());
        var run = await host.ImportAsync(await host.DropAsync(
            integration.Id.Value, $"{gone},2026-10-01,1\n{stays},2026-10-01,2\n{gone},2026-10-02,3\n"));

        var erase = await host.EraseAsync(gone);

        Assert.Equal((RunKind.Erase, RunStatus.Succeeded), (erase.Kind, erase.Status));
        Assert.Equal([$"{stays} 2026-10-01 2"], await host.StoredAsync(integration));
        Assert.Equal(
            [new DateOnly(2026, 10, 1)],
            await host.Get<ProductDates>().ListAsync(new ProductId(integration.Id.Value), null, null, default));
        Assert.Null(await host.Get<AccountStore>().GetAsync(gone, default));
        var index = await host.Get<RunLogs>().GetIndexAsync(run.Id, default);
        var kept = await host.Get<RunLogs>().ReadAsync(run.Id, index.Pieces, default).ToListAsync();
        Assert.Equal(1, kept.Sum(group => group.Accounts.Count));
    }

    [SlowFact]
    public async Task New_account_of_the_same_id_has_nothing_of_the_old_one()
    {
        var integration = await host.AddIntegrationAsync();
        var account = await host.AddAccountAsync();
        await host.ImportAsync(await host.DropAsync(integration.Id.Value, $"{account},2026-10-01,1\n"));

        await host.EraseAsync(account);
        await host.Get<AccountStore>().WriteAsync(new Account { Id = account, Name = account.Value }, null, default);
        Assert.Empty(await host.StoredAsync(integration));
        await host.ImportAsync(await host.DropAsync(integration.Id.Value, $"{account},2026-10-02,5\n", "later.csv"));

        Assert.Equal([$"{account} 2026-10-02 5"], await host.StoredAsync(integration));
    }

    [Fact]
    public async Task Its_id_name_and_keys_stand_nowhere_any_more_but_in_dropped_files()
    {
        var integration = await host.AddIntegrationAsync();
        var account = new AccountId($"erase-{Guid.NewGuid():N}"[..20]);
        var (name, alias) = ($"Name of {account}", $"other-{account}");
        // Rows of it wait before it is known, and after.
        var early = await host.ImportAsync(await host.DropAsync(
            integration.Id.Value, $"globex,2026-10-01,bad\n{account},2026-10-01,1\nnobody,2026-10-01,1\n", "early.csv"));
        await host.Get<AccountStore>().WriteAsync(
            new Account { Id = account, Name = name, CrmId = $"crm-{account}", Domains = [$"{account}.example"] }, null, default);
        var run = await host.ImportAsync(await host.DropAsync(
            integration.Id.Value, $"{account},2026-10-02,2\n{account},2026-10-02,bad\n{alias},2026-10-03,3\nglobex,2026-10-03,4\n"));
        var resolution = new Resolution
        {
            Integration = integration.Id,
            By = MatchBy.AccountId,
            Key = alias,
            Account = account,
            Author = "ann",
            At = DateTimeOffset.UtcNow,
        };
        await host.Get<ResolutionStore>().PutAsync(resolution, default);
        await host.EndOfAsync(await host.Get<Replays>().StartAsync(host.Client, run.Id, resolution, "ann", default));
        await host.ImportAsync(await host.DropAsync(integration.Id.Value, $"{alias},2026-10-04,3\nglobex,2026-10-05,4\n", "later.csv"));
        await WriteAuditAsync(account, name);
        string[] texts = [account.Value, name, alias, $"crm-{account}"];
        Assert.True((await StoredTexts.FindAsync(host, texts)).Count > 10);

        var erase = await host.EraseAsync(account);

        Assert.Empty(await StoredTexts.FindAsync(host, texts));
        Assert.Equal(
            [$"{integration.Id}/early.csv", $"{integration.Id}/later.csv", $"{integration.Id}/october.csv"], erase.Stays![0].Files);
        var rows = await host.RowsAsync(early.Id);
        Assert.Equal([(1L, RowOutcome.Invalid), (3L, RowOutcome.Unmatched)], rows.Select(row => (row.Row, row.Outcome)));
        Assert.Equal([(4L, RowOutcome.Recorded)], (await host.RowsAsync(run.Id)).Select(row => (row.Row, row.Outcome)));
        var entry = await host.Get<AuditLog>().ListAsync(null, null, null, default)
            .SingleAsync(one => one.Resource.EndsWith(erase.Id.Value, StringComparison.Ordinal));
        Assert.Equal("{\"name\":null}", entry.After.ToString());
    }

    [Fact]
    public async Task Run_that_has_read_its_file_before_writes_nothing_of_a_closed_account()
    {
        var integration = await host.AddIntegrationAsync();
        var account = new AccountId($"g{Guid.NewGuid():N}"[..8]);
        await host.Get<AccountStore>().WriteAsync(new Account { Id = account, Name = account.Value }, null, default);
        var drop = await host.DropAsync(integration.Id.Value, $"{account},2026-10-01,1\nacme,2026-10-01,2\n");
        await host.Get<AdmitFile>().RunAsync(new AdmitFile.Input(drop.RunId, drop), host.Client, default);
        var plan = await host.Get<PlanBatches>().RunAsync(new PlanBatches.Input(drop.RunId), default);
        var stored = (await host.Get<AccountStore>().GetAsync(account, default))!;

        await host.Get<ErasedAccounts>().CloseAsync(
            RunIdText.Unique(DateTimeOffset.UtcNow, Guid.NewGuid()), new ErasedAccount(stored.Ordinal, stored.Account), default);
        await host.Get<ImportWhole>().RunAsync(new ImportWhole.Input(drop.RunId, plan.Batches), default);

        Assert.Equal(["acme 2026-10-01 2"], await host.StoredAsync(integration));
    }

    private Task WriteAuditAsync(AccountId account, string name) => host.Get<AuditLog>().WriteAsync(
        new AuditEntry
        {
            At = DateTimeOffset.UtcNow,
            Actor = "ann",
            Action = "PutAccount",
            Resource = $"accounts/{account}",
            After = JsonSerializer.SerializeToElement(new { name }),
            RequestId = $"{Guid.NewGuid()}",
        }, default);
}
