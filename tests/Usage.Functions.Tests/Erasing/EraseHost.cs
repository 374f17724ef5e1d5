using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Functions.Erasing;
using Usage.Functions.Runs.Rows;
using Usage.Functions.Tests.Imports;
using Usage.Storage.Accounts;

namespace Usage.Functions.Tests.Erasing;

/// <summary>A storage of its own: an erase waits for all runs, and other tests have some that never end.</summary>
public sealed class EraseHost : ImportHost
{
    /// <returns>An account of its own for a test.</returns>
    public async Task<AccountId> AddAccountAsync()
    {
        var id = new AccountId($"erase-{Guid.NewGuid():N}"[..20]);
        await Get<AccountStore>().WriteAsync(new Account { Id = id, Name = $"Name of {id}" }, null, default);
        return id;
    }

    public async Task<Run> EraseAsync(AccountId account)
    {
        var stored = await Get<AccountStore>().GetAsync(account, default);
        return await EndOfAsync((await Get<EraseStarter>().StartAsync(Client, stored!.Numbered, "ann", default)).Id);
    }

    /// <summary>What is told of the rows of a run.</summary>
    public async Task<IReadOnlyList<RunRow>> RowsAsync(RunId run)
    {
        var (kept, _) = await Get<KeptRuns>().FindAsync(run, default);
        return (await Get<RowPages>().ReadAsync(kept!, RowFilter.All, 0, 100, default)).Rows;
    }
}

[CollectionDefinition(Name)]
public sealed class EraseTestGroup : ICollectionFixture<EraseHost>
{
    public const string Name = "erase";
}
