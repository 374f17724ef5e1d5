using Azure.Data.Tables.Models;

namespace Azure.Data.Tables.Tests.Entities;

public sealed class ChangeTests(Emulator emulator)
{
    [Fact]
    public async Task Merging_leaves_what_is_not_sent_and_replacing_does_not()
    {
        var table = await emulator.CreateTableAsync();
        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["a"] = 1, ["b"] = 2 });

        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["b"] = 3, ["a"] = null });
        TableEntity merged = await table.GetEntityAsync<TableEntity>("p", "r");
        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["b"] = 4 }, TableUpdateMode.Replace);
        TableEntity replaced = await table.GetEntityAsync<TableEntity>("p", "r");

        Assert.Equal((1, 3), (merged["a"], merged["b"]));
        Assert.Equal((null, 4), (replaced["a"], replaced["b"]));
    }

    [Theory, InlineData(TableUpdateMode.Merge), InlineData(TableUpdateMode.Replace)]
    public async Task An_update_with_an_old_etag_is_refused(TableUpdateMode mode)
    {
        var table = await emulator.CreateTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "r"));
        TableEntity read = await table.GetEntityAsync<TableEntity>("p", "r");
        await table.UpdateEntityAsync(new TableEntity("p", "r") { ["by"] = "another" }, read.ETag, mode);

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => table.UpdateEntityAsync(new TableEntity("p", "r") { ["by"] = "me" }, read.ETag, mode));

        Assert.Equal(412, failure.Status);
        Assert.True(failure.ErrorCode == TableErrorCode.UpdateConditionNotSatisfied);
        Assert.Equal("another", (await table.GetEntityAsync<TableEntity>("p", "r")).Value["by"]);
    }

    [Fact]
    public async Task The_etag_of_a_write_is_that_of_the_next_read()
    {
        var table = await emulator.CreateTableAsync();

        var written = await table.UpsertEntityAsync(new TableEntity("p", "r"));

        Assert.Equal((await table.GetEntityAsync<TableEntity>("p", "r")).Value.ETag, written.Headers.ETag);
    }

    [Fact]
    public async Task An_update_needs_an_etag_and_an_entity()
    {
        var table = await emulator.CreateTableAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => table.UpdateEntityAsync(new TableEntity("p", "r"), default));
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => table.UpdateEntityAsync(new TableEntity("p", "r"), ETag.All));

        Assert.Equal((404, "ResourceNotFound"), (failure.Status, failure.ErrorCode));
    }

    [Fact]
    public async Task Adding_twice_is_a_conflict()
    {
        var table = await emulator.CreateTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "r"));

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(new TableEntity("p", "r")));

        Assert.Equal((409, "EntityAlreadyExists"), (failure.Status, failure.ErrorCode));
        Assert.Contains("The specified entity already exists.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deleting_what_is_not_there_is_no_error_but_an_old_etag_is()
    {
        var table = await emulator.CreateTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "r"));

        Assert.Equal(404, (await table.DeleteEntityAsync("p", "nobody")).Status);
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => table.DeleteEntityAsync("p", "r", new ETag("W/\"datetime'2020-01-01T00%3A00%3A00.0000000Z'\"")));
        Assert.Equal(412, failure.Status);
        Assert.Equal(204, (await table.DeleteEntityAsync(new TableEntity("p", "r"))).Status);
        Assert.False((await table.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
    }

    [Fact]
    public async Task What_is_not_there_is_an_error_or_no_value()
    {
        var table = await emulator.CreateTableAsync();

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => table.GetEntityAsync<TableEntity>("p", "r"));
        var none = await table.GetEntityIfExistsAsync<TableEntity>("p", "r");

        Assert.Equal((404, "ResourceNotFound"), (failure.Status, failure.ErrorCode));
        Assert.False(none.HasValue);
        Assert.Equal(404, none.GetRawResponse().Status);
        Assert.Throws<InvalidOperationException>(() => none.Value);
    }

    [Fact]
    public async Task A_table_that_is_not_there_says_so()
    {
        var table = emulator.Service().GetTableClient("missing" + Guid.NewGuid().ToString("N"));

        var write = await Assert.ThrowsAsync<RequestFailedException>(() => table.UpsertEntityAsync(new TableEntity("p", "r")));
        var batch = await Assert.ThrowsAnyAsync<RequestFailedException>(() => table.SubmitTransactionAsync([new(TableTransactionActionType.Add, new TableEntity("p", "r"))]));

        Assert.Equal((404, "TableNotFound"), (write.Status, write.ErrorCode));
        Assert.Equal((404, "TableNotFound"), (batch.Status, batch.ErrorCode));
    }

    [Fact]
    public async Task Only_selected_properties_are_read()
    {
        var table = await emulator.CreateTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["a"] = 1, ["b"] = 2d });

        TableEntity stored = await table.GetEntityAsync<TableEntity>("p", "r", ["RowKey", "b"]);

        Assert.Equal(("r", 2d, null), (stored.RowKey, stored["b"], stored["a"]));
        Assert.NotEqual(default, stored.ETag);
    }
}
