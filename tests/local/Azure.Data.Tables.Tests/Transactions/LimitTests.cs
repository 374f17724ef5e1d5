namespace Azure.Data.Tables.Tests.Transactions;

public sealed class LimitTests(Emulator emulator)
{
    [ServiceLimitFact]
    public async Task All_actions_are_of_one_partition() =>
        await Refused([Upsert("p", "1"), Upsert("p", "2"), Upsert("q", "3")], 2, "CommandsInBatchActOnDifferentPartitions");

    [Fact]
    public async Task An_entity_is_changed_once() =>
        await Refused([Upsert("p", "1"), new(TableTransactionActionType.Delete, new TableEntity("p", "1"))], 1, "InvalidDuplicateRow");

    [ServiceLimitFact]
    public async Task There_are_a_hundred_at_most() =>
        await Refused([.. Enumerable.Range(0, 101).Select(i => Upsert("p", $"{i}"))], 99, "InvalidInput");

    [ServiceLimitFact]
    public async Task Keys_are_checked() => await Refused([Upsert("p", "1"), Upsert("p", "a/b")], 1, "OutOfRangeInput");

    [Fact]
    public async Task Four_mebibytes_at_most_go_into_one_request()
    {
        var table = await emulator.CreateTableAsync();
        var actions = Enumerable.Range(0, 70).Select(i => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", $"{i}") { ["x"] = new byte[48 * 1024] }));

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => table.SubmitTransactionAsync(actions));

        Assert.Equal((413, "RequestBodyTooLarge"), (failure.Status, failure.ErrorCode));
    }

    [Fact]
    public async Task An_empty_one_is_refused()
    {
        var table = await emulator.CreateTableAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => table.SubmitTransactionAsync([]));
        await Assert.ThrowsAsync<ArgumentNullException>(() => table.SubmitTransactionAsync(null!));
    }

    private static TableTransactionAction Upsert(string partition, string? row) =>
        new(TableTransactionActionType.UpsertMerge, new TableEntity(partition, row) { ["mau"] = 1.5 });

    private async Task Refused(TableTransactionAction[] actions, int index, string code)
    {
        var table = await emulator.CreateTableAsync();

        var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(actions));

        Assert.Equal((400, code, index), (failure.Status, failure.ErrorCode, failure.FailedTransactionActionIndex));
        Assert.StartsWith($"{index}:", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, await table.QueryAsync<TableEntity>().CountAsync());
    }
}
