using Azure;
using Azure.Data.Tables;
using Usage.Testing.Emulator;

namespace Usage.Storage.Tests.OfficialClient;

[Collection(SharedStorage.Name)]
public sealed class EntityTests(StorageFixture storage)
{
    [Fact]
    public async Task Values_come_back_as_they_were_stored()
    {
        var table = await storage.NewTableAsync();
        object[] values =
        [
            500d, 0.1, -0d, double.Epsilon, double.MaxValue, 33.333333333333336, "Grüße \"‘ <&>\u2028 😀 \t\r\n 100%25 + {}", "",
            true, false, int.MinValue, long.MaxValue, new DateTimeOffset(2024, 10, 15, 13, 14, 15, 123, TimeSpan.Zero),
        ];
        var entity = new TableEntity("p", "r") { ["nothing"] = null };
        for (var i = 0; i < values.Length; i++) entity[$"v{i}"] = values[i];

        await table.AddEntityAsync(entity);

        TableEntity stored = await table.GetEntityAsync<TableEntity>("p", "r");
        Assert.Equal(values, Enumerable.Range(0, values.Length).Select(i => stored[$"v{i}"]));
        Assert.Null(stored["nothing"]);
        Assert.InRange(stored.Timestamp!.Value, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5));
    }

    [Theory]
    [InlineData("it's"), InlineData("a b"), InlineData("100%"), InlineData("%41"), InlineData("a+b&c=d;e"), InlineData("\"(x)\"")]
    [InlineData("é\u0301 日本 😀"), InlineData("|{}[]^`~"), InlineData(".."), InlineData("$batch"), InlineData("a:b@c,*")]
    public async Task A_key_is_itself_on_every_way(string key)
    {
        var table = await storage.NewTableAsync();

        await table.AddEntityAsync(new TableEntity(key, "added"));
        await table.UpsertEntityAsync(new TableEntity(key, key) { ["by"] = "upsert" });
        await table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.UpdateMerge, new TableEntity(key, key) { ["too"] = key }, ETag.All),
            new(TableTransactionActionType.Add, new TableEntity(key, $"{key}2")),
        ]);
        await table.DeleteEntityAsync(key, "added");

        TableEntity one = await table.GetEntityAsync<TableEntity>(key, key);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {key} and RowKey eq {key}");
        var found = Assert.Single(await table.QueryAsync<TableEntity>(filter).ToListAsync());
        Assert.All([one, found], entity => Assert.Equal(
            (key, key, "upsert", key), (entity.PartitionKey, entity.RowKey, entity["by"], entity["too"])));
        Assert.Equal(2, await table.QueryAsync<TableEntity>().CountAsync());
    }

    [Fact]
    public async Task Merging_leaves_what_is_not_sent_and_replacing_does_not()
    {
        var table = await storage.NewTableAsync();
        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["a"] = 1, ["b"] = 2 });

        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["b"] = 3 }, TableUpdateMode.Merge);
        TableEntity merged = await table.GetEntityAsync<TableEntity>("p", "r");
        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["b"] = 4 }, TableUpdateMode.Replace);
        TableEntity replaced = await table.GetEntityAsync<TableEntity>("p", "r");

        Assert.Equal((1, 3, null, 4), (merged["a"], merged["b"], replaced["a"], replaced["b"]));
    }

    [Fact]
    public async Task An_old_etag_is_refused()
    {
        var table = await storage.NewTableAsync();
        var old = (await table.AddEntityAsync(new TableEntity("p", "r"))).Headers.ETag!.Value;
        Assert.Equal(old, (await table.GetEntityAsync<TableEntity>("p", "r")).Value.ETag);
        await table.UpdateEntityAsync(new TableEntity("p", "r") { ["by"] = "another" }, old, TableUpdateMode.Replace);

        var update = await Assert.ThrowsAsync<RequestFailedException>(
            () => table.UpdateEntityAsync(new TableEntity("p", "r"), old, TableUpdateMode.Replace));
        var delete = await Assert.ThrowsAsync<RequestFailedException>(() => table.DeleteEntityAsync("p", "r", old));

        Assert.Equal((412, "UpdateConditionNotSatisfied", 412), (update.Status, update.ErrorCode, delete.Status));
        Assert.Equal("another", (await table.GetEntityAsync<TableEntity>("p", "r")).Value["by"]);
    }

    [Fact]
    public async Task What_is_not_there_is_no_value_to_look_for_no_error_to_delete_and_404_to_update()
    {
        var table = await storage.NewTableAsync();

        Assert.False((await table.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
        Assert.Equal(404, (await table.DeleteEntityAsync("p", "r")).Status);
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => table.UpdateEntityAsync(new TableEntity("p", "r"), ETag.All));
        Assert.Equal((404, "ResourceNotFound"), (failure.Status, failure.ErrorCode));
    }

    [Fact]
    public async Task A_table_that_is_not_there_says_so()
    {
        var failure = await Assert.ThrowsAsync<RequestFailedException>(
            () => new TableClient(storage.ConnectionString, "missing").AddEntityAsync(new TableEntity("p", "r")));

        Assert.Equal((404, "TableNotFound"), (failure.Status, failure.ErrorCode));
    }
}
