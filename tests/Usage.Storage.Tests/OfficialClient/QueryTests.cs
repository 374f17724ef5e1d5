using Azure.Data.Tables;
using Usage.Testing.Emulator;

namespace Usage.Storage.Tests.OfficialClient;

[Collection(SharedStorage.Name)]
public sealed class QueryTests(StorageFixture storage)
{
    public static TheoryData<string> Filters =>
    [
        .. new FormattableString[]
        {
            $"text eq {"Ä & B + 100% 'x'"}", $"count eq {7}", $"PartitionKey ge {"p|b"} and PartitionKey lt {"p}"}",
            $"PartitionKey eq {"p|b"} and RowKey gt {"w"}", $"(PartitionKey gt {"p|b"} or (PartitionKey eq {"p|b"} and RowKey gt {"a"}))",
        }.Select(TableClient.CreateQueryFilter),
    ];

    [Fact]
    public async Task A_query_goes_on_over_pages_of_a_thousand_in_the_order_of_keys()
    {
        var table = await storage.NewTableAsync();
        await Parallel.ForAsync(0, 25, async (partition, cancellationToken) => await table.SubmitTransactionAsync(
            Enumerable.Range(0, 100).Select(i => new TableTransactionAction(
                TableTransactionActionType.Add, new TableEntity($"{partition:00} ä'%", $"{i:00}"))), cancellationToken));

        var pages = await table.QueryAsync<TableEntity>().AsPages().ToListAsync();
        var all = await table.QueryAsync<TableEntity>(maxPerPage: 333).Select(entity => (entity.PartitionKey, entity.RowKey)).ToListAsync();

        Assert.Equal([1000, 1000, 500], pages.Select(page => page.Values.Count));
        Assert.Equal(Enumerable.Range(0, 2_500).Select(i => ($"{i / 100:00} ä'%", $"{i % 100:00}")), all);
    }

    [Fact]
    public async Task A_query_of_pages_heeds_the_token_that_it_was_made_with()
    {
        var table = await storage.NewTableAsync();
        for (var i = 0; i < 3; i++) await table.AddEntityAsync(new TableEntity("p", $"{i}"));
        using var cancel = new CancellationTokenSource();
        var query = table.QueryAsync<TableEntity>(maxPerPage: 1, cancellationToken: cancel.Token);
        await using var pages = query.AsPages().GetAsyncEnumerator();
        await pages.MoveNextAsync();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await pages.MoveNextAsync());
    }

    [Fact]
    public async Task Only_what_is_selected_is_read_and_the_rest_is_null()
    {
        var table = await storage.NewTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["a"] = 1, ["b"] = 2d });

        TableEntity one = await table.GetEntityAsync<TableEntity>("p", "r", ["RowKey", "b", "c"]);
        var found = Assert.Single(await table.QueryAsync<TableEntity>(select: ["RowKey", "b", "c"]).ToListAsync());

        Assert.All([one, found], entity => Assert.Equal(("r", 2d, null, null), (entity.RowKey, entity["b"], entity["a"], entity["c"])));
    }

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task Filters_find_by_each_type_that_is_asked_for(string filter)
    {
        var table = await storage.NewTableAsync();
        await table.AddEntityAsync(new TableEntity("p|a", "other"));
        await table.AddEntityAsync(new TableEntity("p|b", "wanted") { ["text"] = "Ä & B + 100% 'x'", ["count"] = 7 });
        Assert.Equal(["wanted"], await table.QueryAsync<TableEntity>(filter).Select(entity => entity.RowKey).ToListAsync());
    }
}
