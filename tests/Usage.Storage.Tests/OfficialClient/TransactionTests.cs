using Azure;
using Azure.Data.Tables;
using Usage.Testing.Emulator;

namespace Usage.Storage.Tests.OfficialClient;

[Collection(SharedStorage.Name)]
public sealed class TransactionTests(StorageFixture storage)
{
    [Theory, InlineData(0), InlineData(37), InlineData(99)]
    public async Task All_or_nothing_and_the_failure_names_the_action(int taken)
    {
        var table = await storage.NewTableAsync();
        await table.AddEntityAsync(new TableEntity("p", $"{taken:00}"));

        var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(
            Enumerable.Range(0, 100).Select(i => new TableEntity("p", $"{i:00}"))
                .Select(entity => new TableTransactionAction(TableTransactionActionType.Add, entity))));

        Assert.Equal((409, "EntityAlreadyExists", taken), (failure.Status, failure.ErrorCode, failure.FailedTransactionActionIndex));
        Assert.Equal(1, await table.QueryAsync<TableEntity>().CountAsync());
    }

    [Fact]
    public async Task Conditions_that_do_not_hold_are_404_and_412()
    {
        var table = await storage.NewTableAsync();
        var old = (await table.AddEntityAsync(new TableEntity("p", "there"))).Headers.ETag!.Value;
        await table.UpsertEntityAsync(new TableEntity("p", "there") { ["by"] = "another" });

        var missing = await FailAsync(table, "nobody", ETag.All);
        var changed = await FailAsync(table, "there", old);

        Assert.Equal((404, "ResourceNotFound", 1), (missing.Status, missing.ErrorCode, missing.FailedTransactionActionIndex));
        Assert.Equal((412, "UpdateConditionNotSatisfied", 1), (changed.Status, changed.ErrorCode, changed.FailedTransactionActionIndex));
    }

    [Fact]
    public async Task A_table_that_is_not_there_is_404_too()
    {
        var failure = await FailAsync(new TableClient(storage.ConnectionString, "missing"), "r", ETag.All);

        Assert.Equal((404, "TableNotFound"), (failure.Status, failure.ErrorCode));
    }

    [Fact]
    public async Task One_whose_answer_got_lost_is_sent_again_as_it_was()
    {
        var table = await storage.NewTableAsync();
        using var network = new FaultyNetwork(Fault.LostAnswer, Fault.Busy, Fault.LostRequest);

        await network.Table(storage.ConnectionString, table.Name).SubmitTransactionAsync(Enumerable.Range(0, 100).Select(i =>
            new TableTransactionAction(TableTransactionActionType.UpsertMerge, new TableEntity("p", $"{i:00}") { ["mau"] = i * 0.1 })));

        Assert.Equal(4, network.Sent.Count);
        Assert.Single(network.Sent.Distinct());
        Assert.Equal(100, await table.QueryAsync<TableEntity>().CountAsync());
    }

    private static Task<TableTransactionFailedException> FailAsync(TableClient table, string row, ETag version) =>
        Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.UpsertReplace, new TableEntity("p", "first")),
            new(TableTransactionActionType.UpdateReplace, new TableEntity("p", row), version),
        ]));
}
