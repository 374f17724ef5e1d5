using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Functions.Erasing;
using Usage.Functions.Tests.Imports;
using Usage.Storage.Accounts;
using Usage.Storage.Changes;
using Usage.Storage.Products;

namespace Usage.Functions.Tests.Erasing;

public sealed class EraseTests(ImportHost host)
{
    [Fact]
    public async Task Account_is_gone_with_its_snapshots_and_changes_and_others_stay()
    {
        var integration = await host.AddIntegrationAsync();
        var (gone, stays) = (await AddAsync(), await AddAsync());
        var run = await host.ImportAsync(await host.DropAsync(
            integration.Id.Value, $"{gone},2026-10-01,1\n{stays},2026-10-01,2\n{gone},2026-10-02,3\n"));

        var erase = await EraseAsync(gone);

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

    [Fact]
    public async Task New_account_of_the_same_id_has_nothing_of_the_old_one()
    {
        var integration = await host.AddIntegrationAsync();
        var account = await AddAsync();
        await host.ImportAsync(await host.DropAsync(integration.Id.Value, $"{account},2026-10-01,1\n"));

        await EraseAsync(account);
        await host.Get<AccountStore>().WriteAsync(new Account { Id = account, Name = account.Value }, null, default);
        Assert.Empty(await host.StoredAsync(integration));
        await host.ImportAsync(await host.DropAsync(integration.Id.Value, $"{account},2026-10-02,5\n", "later.csv"));

        Assert.Equal([$"{account} 2026-10-02 5"], await host.StoredAsync(integration));
    }

    private async Task<AccountId> AddAsync()
    {
        var id = new AccountId($"erase-{Guid.NewGuid():N}"[..20]);
        await host.Get<AccountStore>().WriteAsync(new Account { Id = id, Name = $"Name of {id}" }, null, default);
        return id;
    }

    private async Task<Run> EraseAsync(AccountId account)
    {
        var stored = await host.Get<AccountStore>().GetAsync(account, default);
        return await host.EndOfAsync((await host.Get<EraseStarter>().StartAsync(host.Client, stored!.Numbered, "ann", default)).Id);
    }
}
