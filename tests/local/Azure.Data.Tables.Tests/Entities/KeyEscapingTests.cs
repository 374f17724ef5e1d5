namespace Azure.Data.Tables.Tests.Entities;

public sealed class KeyEscapingTests(Emulator emulator)
{
    public static TheoryData<string> Keys { get; } =
    [
        "it's", "''", "a b", " lead and trail ", "100%", "%41", "%", "a+b", "a&b=c", "(x)", "\"quoted\"", "ä ö ü ß", "日本語", "😀", "é\u0301", "a;b", "<tag>", "|{}[]^`~",
        "platform|2024-10-01|12", ".", "..", "$batch", "@odata.type", "a:b", "*", "x,y",
    ];

    [Theory, MemberData(nameof(Keys))]
    public async Task A_key_is_itself_on_every_way(string key)
    {
        var table = await emulator.CreateTableAsync();

        await table.AddEntityAsync(new TableEntity(key, "added"));
        await table.UpsertEntityAsync(new TableEntity(key, key) { ["by"] = "upsert" });
        await table.UpdateEntityAsync(new TableEntity(key, key) { ["by"] = "update" }, ETag.All);
        await table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, new TableEntity(key, "in transaction " + key)),
            new(TableTransactionActionType.UpdateMerge, new TableEntity(key, key) { ["too"] = key }),
            new(TableTransactionActionType.Delete, new TableEntity(key, "added")),
        ]);

        TableEntity one = await table.GetEntityAsync<TableEntity>(key, key);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {key} and RowKey eq {key}");
        var found = Assert.Single(await table.QueryAsync<TableEntity>(filter).ToListAsync());
        var all = await table.QueryAsync<TableEntity>().Select(e => e.RowKey).ToListAsync();

        Assert.Equal((key, key, "update", key), (one.PartitionKey, one.RowKey, one["by"], one["too"]));
        Assert.Equal((key, key), (found.PartitionKey, found.RowKey));
        Assert.Equal(new[] { key, "in transaction " + key }.Order(StringComparer.Ordinal), all.Order(StringComparer.Ordinal));
        Assert.Equal(204, (await table.DeleteEntityAsync(key, key)).Status);
    }
}
