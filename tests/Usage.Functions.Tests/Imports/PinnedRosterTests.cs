using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Functions.Imports.Admission;
using Usage.Functions.Imports.Ending;
using Usage.Functions.Imports.Reading;
using Usage.Functions.Imports.Writing;
using Usage.Storage.Accounts;
using Usage.Storage.Imports.Writing;

namespace Usage.Functions.Tests.Imports;

/// <summary>One file, one list of accounts, whatever happens to accounts while it is read and written.</summary>
public sealed class PinnedRosterTests(ImportHost host)
{
    private static readonly AccountId Going = new("going");
    private static readonly AccountId Coming = new("coming");

    private AccountStore Accounts => host.Get<AccountStore>();

    [Fact]
    public async Task Rows_of_one_file_are_matched_by_the_accounts_that_were_there_when_its_turn_came()
    {
        await Accounts.WriteAsync(new Account { Id = Going, Name = "Going" }, null, default);
        var integration = await host.AddIntegrationAsync();
        var drop = await host.DropAsync(integration.Id.Value, string.Concat(Enumerable.Range(1, 4)
            .Select(day => $"acme,2026-03-0{day},1\ngoing,2026-03-0{day},{day}\ncoming,2026-03-0{day},3\n")));
        var run = drop.RunId;
        await host.Get<AdmitFile>().RunAsync(new AdmitFile.Input(run, drop), host.Client, default);
        var plan = await host.Get<PlanBatches>().RunAsync(new PlanBatches.Input(run), default);
        Assert.True(plan.Batches > 2, $"{plan.Batches} batches");

        await host.Get<ReadBatch>().RunAsync(new ReadBatch.Input(run, 0), default);
        await Accounts.TryDeleteAsync((await Accounts.GetAsync(Going, default))!, default);
        await Accounts.WriteAsync(new Account { Id = Coming, Name = "Coming" }, null, default);
        for (var batch = 1; batch < plan.Batches; batch++) await host.Get<ReadBatch>().RunAsync(new ReadBatch.Input(run, batch), default);
        await host.Get<Decide>().RunAsync(new Decide.Input(run, plan.Batches), default);
        await host.Get<BeginWriting>().RunAsync(new BeginWriting.Input(run), default);
        for (var partition = 0; partition < plan.Partitions; partition++)
            await host.Get<WriteSnapshots>().RunAsync(new WriteSnapshots.Input(run, partition, WriteMode.Write), default);
        await host.Get<FinishRun>().RunAsync(new FinishRun.Input(run), default);

        var rows = (await host.Runs.GetAsync(run, default)).Run.Rows;
        Assert.Equal((12L, 8L, 4L), (rows.Read, rows.Recorded, rows.Unmatched));
        Assert.Equal(
            ["1", "2", "3", "4"],
            (await host.StoredAsync(integration)).Where(line => line.StartsWith("going", StringComparison.Ordinal))
                .Select(line => line.Split(' ')[2]));
    }
}
