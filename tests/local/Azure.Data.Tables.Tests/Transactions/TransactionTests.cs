namespace Azure.Data.Tables.Tests.Transactions;

public sealed class TransactionTests(Emulator emulator)
{
    [Fact]
    public async Task A_hundred_actions_are_stored_and_answered_one_by_one()
    {
        var table = await emulator.CreateTableAsync();
        var actions = Enumerable.Range(0, 100).Select(i => new TableTransactionAction(
            TableTransactionActionType.UpsertMerge,
            new TableEntity("p|x'y é%+", $"row {i:000} 'q' ä %41+") { ["d_mau"] = i + 0.5, ["plan"] = "Größe \u2028 %41", ["on"] = i % 2 == 0 })).ToList();

        var answer = await table.SubmitTransactionAsync(actions);

        Assert.Equal(202, answer.GetRawResponse().Status);
        Assert.Equal(100, answer.Value.Count);
        Assert.All(answer.Value, r => Assert.Equal(204, r.Status));
        Assert.All(answer.Value, r => Assert.NotNull(r.Headers.ETag));
        var stored = await table.QueryAsync<TableEntity>().ToListAsync();
        Assert.Equal(100, stored.Count);
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal("p|x'y é%+", stored[i].PartitionKey);
            Assert.Equal($"row {i:000} 'q' ä %41+", stored[i].RowKey);
            Assert.Equal(i + 0.5, stored[i].GetDouble("d_mau"));
            Assert.Equal("Größe \u2028 %41", stored[i].GetString("plan"));
            Assert.Equal(i % 2 == 0, stored[i].GetBoolean("on"));
        }
    }
}
