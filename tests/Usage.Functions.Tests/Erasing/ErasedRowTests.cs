using Usage.Core.Runs;
using Usage.Functions.Tests.Runs;

namespace Usage.Functions.Tests.Erasing;

/// <summary>Which rows of a file go with an account.</summary>
[Collection(EraseTestGroup.Name)]
public sealed class ErasedRowTests(EraseHost host)
{
    /// <summary>Somebody took it for the account's, took that back, and said whose it is.</summary>
    [Fact]
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
}
