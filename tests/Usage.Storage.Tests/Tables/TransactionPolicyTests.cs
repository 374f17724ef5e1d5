using Azure.Data.Tables;
using Usage.Storage.Tests.OfficialClient;
using Usage.Testing.Emulator;

namespace Usage.Storage.Tests.Tables;

[Collection(SharedStorage.Name)]
public sealed class TransactionPolicyTests(StorageFixture storage)
{
    [Fact]
    public async Task Answers_of_a_transaction_that_is_done_are_passed_over()
    {
        var table = await TableAsync();

        var answer = await table.SubmitTransactionAsync(Writes(0, TableTransactionActionType.UpsertMerge));

        Assert.Equal(202, answer.GetRawResponse().Status);
        // A hundred of them without the policy.
        Assert.Empty(answer.Value);
        Assert.Equal(100, await table.QueryAsync<TableEntity>().CountAsync());
    }

    [Fact]
    public async Task A_failure_is_seen_as_it_came()
    {
        var table = await TableAsync();
        await table.AddEntityAsync(new TableEntity("0", "37"));

        var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(
            () => table.SubmitTransactionAsync(Writes(0, TableTransactionActionType.Add)));

        Assert.Equal((409, "EntityAlreadyExists", 37), (failure.Status, failure.ErrorCode, failure.FailedTransactionActionIndex));
    }

    [Fact]
    public async Task Each_of_many_transactions_sends_its_own_body_also_after_failures()
    {
        var name = (await storage.NewTableAsync()).Name;
        using var network = new FaultyNetwork(Fault.None, Fault.LostAnswer, Fault.Busy, Fault.LostRequest);
        var table = network.Table(storage.ConnectionString, name, UsageTables.ClientOptions());

        for (var partition = 0; partition < 4; partition++)
            await table.SubmitTransactionAsync(Writes(partition, TableTransactionActionType.UpsertMerge));
        await Parallel.ForAsync(
            4, 40, async (partition, cancellationToken) => await table.SubmitTransactionAsync(
                Writes(partition, TableTransactionActionType.Add), cancellationToken));

        var stored = await table.QueryAsync<TableEntity>().ToListAsync();
        Assert.Equal(4_000, stored.Count);
        Assert.All(stored, entity => Assert.Equal($"{entity.PartitionKey}/{entity.RowKey}", entity["id"]));
    }

    private async Task<TableClient> TableAsync() =>
        new(storage.ConnectionString, (await storage.NewTableAsync()).Name, UsageTables.ClientOptions());

    private static IEnumerable<TableTransactionAction> Writes(int partition, TableTransactionActionType type) => Enumerable.Range(0, 100)
        .Select(i => new TableTransactionAction(type, new TableEntity($"{partition}", $"{i:00}") { ["id"] = $"{partition}/{i:00}" }));
}
