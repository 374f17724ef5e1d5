namespace Azure.Data.Tables.Tests.Entities;

/// <summary>Limits of Azure that the emulator doesn't have: refused as the service would, before anything is sent.</summary>
public sealed class LimitTests(Emulator emulator)
{
    public static TheoryData<string, string> BadKeys { get; } = new()
    {
        { "a/b", "OutOfRangeInput" },
        { "a\\b", "OutOfRangeInput" },
        { "a#b", "OutOfRangeInput" },
        { "a?b", "OutOfRangeInput" },
        { "a\tb", "OutOfRangeInput" },
        { "a\u007Fb", "OutOfRangeInput" },
        { "a\u009Fb", "OutOfRangeInput" },
        { new string('k', 513), "KeyValueTooLarge" },
    };

    [ServiceLimitTheory, MemberData(nameof(BadKeys))]
    public async Task A_bad_key_is_refused_everywhere(string key, string code)
    {
        var table = await emulator.CreateTableAsync();
        Func<Task>[] calls =
        [
            () => table.AddEntityAsync(new TableEntity(key, "r")),
            () => table.UpsertEntityAsync(new TableEntity("p", key)),
            () => table.UpdateEntityAsync(new TableEntity("p", key), ETag.All),
            () => table.DeleteEntityAsync("p", key),
            () => table.GetEntityAsync<TableEntity>(key, "r"),
            () => table.GetEntityIfExistsAsync<TableEntity>("p", key),
        ];

        foreach (var call in calls)
        {
            var failure = await Assert.ThrowsAsync<RequestFailedException>(call);
            Assert.Equal((400, code), (failure.Status, failure.ErrorCode));
        }
    }

    [ServiceLimitTheory, InlineData("a-b"), InlineData("1a"), InlineData("a b"), InlineData("a.b"), InlineData("€")]
    public async Task A_property_name_is_an_identifier(string name) => await Refused(new TableEntity("p", "r") { [name] = 1 }, "PropertyNameInvalid");

    [ServiceLimitFact]
    public async Task A_property_name_has_255_characters_at_most()
    {
        await Stored(new TableEntity("p", "r") { [new string('n', 255)] = 1 });
        await Refused(new TableEntity("p", "r") { [new string('n', 256)] = 1 }, "PropertyNameTooLong");
    }

    [ServiceLimitFact]
    public async Task An_entity_has_252_properties_at_most()
    {
        var entity = new TableEntity("p", "r");
        foreach (var i in Enumerable.Range(0, 252)) entity[$"d_{i}"] = i;
        await Stored(entity);

        entity["empty"] = null;
        await Stored(entity);
        entity["one_more"] = 1;

        await Refused(entity, "TooManyProperties");
    }

    [Fact]
    public async Task A_string_has_32768_characters_and_a_binary_65536_bytes_at_most()
    {
        await Stored(new TableEntity("p", "r") { ["x"] = new string('ä', 32768), ["y"] = new byte[65536] });
        await Refused(new TableEntity("p", "r") { ["x"] = new string('a', 32769) }, "PropertyValueTooLarge");
        await Refused(new TableEntity("p", "r") { ["x"] = new byte[65537] }, "PropertyValueTooLarge");
    }

    [Fact]
    public async Task An_entity_has_a_mebibyte_at_most()
    {
        var entity = new TableEntity("p", "r");
        foreach (var i in Enumerable.Range(0, 15)) entity[$"b{i}"] = new byte[65536];
        await Stored(entity);

        entity["last"] = new byte[65536];

        await Refused(entity, "EntityTooLarge");
    }

    private async Task Stored(TableEntity entity) => await (await emulator.CreateTableAsync()).AddEntityAsync(entity);

    private async Task Refused(TableEntity entity, string code)
    {
        var table = await emulator.CreateTableAsync();

        var single = await Assert.ThrowsAsync<RequestFailedException>(() => table.UpsertEntityAsync(entity));
        var batch = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(
            [new(TableTransactionActionType.UpsertMerge, new TableEntity("p", "before")), new(TableTransactionActionType.UpsertMerge, entity)]));

        Assert.Equal((400, code), (single.Status, single.ErrorCode));
        Assert.Equal((400, code, 1), (batch.Status, batch.ErrorCode, batch.FailedTransactionActionIndex));
        Assert.Equal(0, await table.QueryAsync<TableEntity>().CountAsync());
    }
}
