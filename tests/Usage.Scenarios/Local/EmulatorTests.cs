using Azure.Data.Tables;
using Usage.Local.Azurite;
using Usage.Scenarios.App;
using Usage.Testing.Machine;

namespace Usage.Scenarios.Local;

/// <summary>The emulator keeps what it has acknowledged, however whoever started it goes.</summary>
public sealed class EmulatorTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("usage-emulator-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Nothing_is_lost_when_its_parent_is_gone_again_and_again()
    {
        for (var start = 0; start < Scale.EmulatorStarts; start++)
        {
            await using var azurite = await AzuriteProcess.StartAsync(_data);
            var table = new TableServiceClient(azurite.ConnectionString).GetTableClient("saved");
            await table.CreateIfNotExistsAsync();
            await table.AddEntityAsync(new TableEntity("p", $"{start:D2}"));
            // As the death of its parent does: nobody reads what it says while it closes.
            azurite.Abandon();
            Assert.Equal(0, await azurite.EndedAsync(CancellationToken.None));
        }

        Assert.Equal(Scale.EmulatorStarts, await CountAsync());
    }

    [SlowFact]
    public async Task Second_signal_to_end_does_not_cut_its_saving_short()
    {
        await using (var azurite = await AzuriteProcess.StartAsync(_data))
        {
            var table = new TableServiceClient(azurite.ConnectionString).GetTableClient("saved");
            await table.CreateIfNotExistsAsync();
            for (var i = 0; i < 5; i++)
            {
                await table.SubmitTransactionAsync(Enumerable.Range(0, 100).Select(row =>
                    new TableTransactionAction(
                        TableTransactionActionType.Add, new TableEntity($"p{i}", $"{row}") { ["text"] = new string('x', 20_000) })));
            }

            for (var signal = 0; signal < 3; signal++) await Processes.SignalAsync("TERM", azurite.ProcessId);
            Assert.Equal(0, await azurite.EndedAsync(CancellationToken.None));
        }

        Assert.Equal(500, await CountAsync());
    }

    private async Task<int> CountAsync()
    {
        await using var azurite = await AzuriteProcess.StartAsync(_data);
        var count = 0;
        await foreach (var _ in new TableServiceClient(azurite.ConnectionString).GetTableClient("saved")
            .QueryAsync<TableEntity>(select: ["RowKey"]))
            count++;
        return count;
    }
}
