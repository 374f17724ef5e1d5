using Azure;
using Azure.Core;
using Azure.Data.Tables;
using Usage.Testing.Emulator;

namespace Usage.Storage.Tests.OfficialClient;

/// <summary>Each try of a step has the client's own retries inside, and a retry may meet what the first try has done.</summary>
[Collection(SharedStorage.Name)]
public sealed class RetryTests(StorageFixture storage)
{
    private static readonly TableEntity Entity = new("p", "r") { ["mau"] = 1.5 };

    [Fact]
    public void Retries_are_three_within_a_minute()
    {
        var retry = new TableClientOptions().Retry;

        Assert.Equal((RetryMode.Exponential, 3), (retry.Mode, retry.MaxRetries));
        Assert.Equal((0.8, 60, 100), (retry.Delay.TotalSeconds, retry.MaxDelay.TotalSeconds, retry.NetworkTimeout.TotalSeconds));
    }

    [Theory, InlineData(Fault.Busy), InlineData(Fault.LostRequest)]
    public async Task What_passes_is_tried_again_and_an_add_too(Fault fault)
    {
        var table = await storage.NewTableAsync();
        using var network = new FaultyNetwork(fault, fault, fault);

        await network.Table(storage.ConnectionString, table.Name).AddEntityAsync(Entity);

        Assert.Equal(4, network.Sent.Count);
        Assert.True((await table.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
    }

    [Fact]
    public async Task After_three_retries_the_failure_is_told()
    {
        using var network = new FaultyNetwork([.. Enumerable.Repeat(Fault.Busy, 9)]);

        var failure = await Assert.ThrowsAsync<RequestFailedException>(
            () => network.Table(storage.ConnectionString, "any").AddEntityAsync(Entity));

        Assert.Equal((503, 4), (failure.Status, network.Sent.Count));
    }

    [Fact]
    public async Task A_network_that_stays_away_is_told_with_all_its_failures()
    {
        using var network = new FaultyNetwork([.. Enumerable.Repeat(Fault.LostRequest, 9)]);

        var failure = await Assert.ThrowsAsync<AggregateException>(
            () => network.Table(storage.ConnectionString, "any").AddEntityAsync(Entity));

        Assert.All(failure.InnerExceptions, one => Assert.Equal(0, Assert.IsType<RequestFailedException>(one).Status));
        Assert.Equal(4, failure.InnerExceptions.Count);
    }

    [Fact]
    public async Task A_refusal_is_not_tried_again()
    {
        var table = await storage.NewTableAsync();
        await table.AddEntityAsync(Entity);
        using var network = new FaultyNetwork();

        var failure = await Assert.ThrowsAsync<RequestFailedException>(
            () => network.Table(storage.ConnectionString, table.Name).AddEntityAsync(Entity));

        Assert.Equal((409, "EntityAlreadyExists"), (failure.Status, failure.ErrorCode));
        Assert.Single(network.Sent);
    }

    [Fact]
    public async Task An_add_whose_answer_got_lost_says_that_the_entity_exists()
    {
        var table = await storage.NewTableAsync();
        using var network = new FaultyNetwork(Fault.LostAnswer);

        var failure = await Assert.ThrowsAsync<RequestFailedException>(
            () => network.Table(storage.ConnectionString, table.Name).AddEntityAsync(Entity));

        Assert.Equal((409, "EntityAlreadyExists"), (failure.Status, failure.ErrorCode));
        Assert.Equal(1.5, (await table.GetEntityAsync<TableEntity>("p", "r")).Value.GetDouble("mau"));
    }

    [Fact]
    public async Task An_update_whose_answer_got_lost_says_that_another_was_faster()
    {
        var table = await storage.NewTableAsync();
        var read = (await table.AddEntityAsync(Entity)).Headers.ETag!.Value;
        using var network = new FaultyNetwork(Fault.LostAnswer);

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => network.Table(storage.ConnectionString, table.Name)
            .UpdateEntityAsync(new TableEntity("p", "r") { ["mau"] = 2d }, read, TableUpdateMode.Replace));

        Assert.Equal((412, "UpdateConditionNotSatisfied"), (failure.Status, failure.ErrorCode));
        Assert.Equal(2, (await table.GetEntityAsync<TableEntity>("p", "r")).Value.GetDouble("mau"));
    }

    [Fact]
    public async Task A_delete_whose_answer_got_lost_is_done()
    {
        var table = await storage.NewTableAsync();
        await table.AddEntityAsync(Entity);
        using var network = new FaultyNetwork(Fault.LostAnswer);

        await network.Table(storage.ConnectionString, table.Name).DeleteEntityAsync("p", "r", ETag.All);

        Assert.Equal(2, network.Sent.Count);
        Assert.False((await table.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
    }

    [Fact]
    public async Task A_page_that_fails_is_asked_for_again_and_none_is_lost()
    {
        var table = await storage.NewTableAsync();
        for (var i = 0; i < 6; i++) await table.AddEntityAsync(new TableEntity("p", $"{i}"));
        using var network = new FaultyNetwork(Fault.None, Fault.Busy, Fault.LostAnswer);

        var query = network.Table(storage.ConnectionString, table.Name).QueryAsync<TableEntity>(maxPerPage: 2);
        var rows = await query.Select(entity => entity.RowKey).ToListAsync();

        Assert.Equal(["0", "1", "2", "3", "4", "5"], rows);
    }
}
