using Azure.Core;

namespace Azure.Data.Tables.Tests.Pipeline;

public sealed class RetryTests(Emulator emulator)
{
    public static TheoryData<int> Passing { get; } = [408, 429, 500, 502, 503, 504];

    [Theory, MemberData(nameof(Passing))]
    public async Task A_passing_failure_is_tried_again(int status)
    {
        var table = await emulator.CreateTableAsync();
        await using var service = await FaultyService.StartAsync(emulator, Fault.Answers(status), Fault.Answers(status));

        await service.Table(emulator, table.Name).UpsertEntityAsync(new TableEntity("p", "r"));

        Assert.Equal(3, service.Requests.Count);
        Assert.True((await table.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
    }

    [Fact]
    public async Task A_broken_connection_is_tried_again_also_for_an_add()
    {
        var table = await emulator.CreateTableAsync();
        await using var service = await FaultyService.StartAsync(emulator, Fault.Reset);

        await service.Table(emulator, table.Name).AddEntityAsync(new TableEntity("p", "r"));

        Assert.Equal(["POST", "POST"], service.Requests.Select(r => r.Method));
    }

    [Fact]
    public async Task An_add_whose_answer_got_lost_says_that_the_entity_exists()
    {
        var table = await emulator.CreateTableAsync();
        await using var service = await FaultyService.StartAsync(emulator, Fault.LostAnswer);

        var failure = await Assert.ThrowsAsync<RequestFailedException>(
            () => service.Table(emulator, table.Name).AddEntityAsync(new TableEntity("p", "r") { ["mau"] = 1.5 }));

        Assert.Equal((409, "EntityAlreadyExists"), (failure.Status, failure.ErrorCode));
        TableEntity stored = await table.GetEntityAsync<TableEntity>("p", "r");
        Assert.Equal(1.5, stored.GetDouble("mau"));
    }

    [Fact]
    public async Task A_transaction_whose_answer_got_lost_is_sent_again_as_it_was()
    {
        var table = await emulator.CreateTableAsync();
        await using var service = await FaultyService.StartAsync(emulator, Fault.LostAnswer, Fault.Answers(503), Fault.Reset);
        var actions = Enumerable.Range(0, 100).Select(i => new TableTransactionAction(TableTransactionActionType.UpsertMerge, new TableEntity("p", $"{i:000}") { ["mau"] = i * 0.1 }));

        var answer = await service.Table(emulator, table.Name).SubmitTransactionAsync(actions);

        Assert.Equal(100, answer.Value.Count);
        Assert.Equal(4, service.Requests.Count);
        Assert.Single(service.Requests.Select(r => r.Text).Distinct());
        Assert.Equal(100, await table.QueryAsync<TableEntity>().CountAsync());
    }

    [Fact]
    public async Task After_three_retries_the_last_failure_is_thrown()
    {
        await using var service = await FaultyService.StartAsync(emulator, [.. Enumerable.Repeat(Fault.Answers(503), 9)]);

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => service.Table(emulator, "anything").GetEntityAsync<TableEntity>("p", "r"));

        Assert.Equal(503, failure.Status);
        Assert.Equal(4, service.Requests.Count);
    }

    [Theory, InlineData(400), InlineData(403), InlineData(409), InlineData(412), InlineData(413)]
    public async Task A_refusal_is_not_tried_again(int status)
    {
        await using var service = await FaultyService.StartAsync(emulator, Fault.Answers(status));

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => service.Table(emulator, "anything").UpsertEntityAsync(new TableEntity("p", "r")));

        Assert.Equal(status, failure.Status);
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task A_page_that_fails_is_asked_for_again_and_none_is_lost()
    {
        var table = await emulator.CreateTableAsync();
        foreach (var i in Enumerable.Range(0, 6)) await table.AddEntityAsync(new TableEntity("p", $"{i}"));
        await using var service = await FaultyService.StartAsync(emulator, Fault.None, Fault.Answers(500), Fault.LostAnswer);

        var rows = await service.Table(emulator, table.Name).QueryAsync<TableEntity>(maxPerPage: 2).Select(e => e.RowKey).ToListAsync();

        Assert.Equal(["0", "1", "2", "3", "4", "5"], rows);
    }

    [Fact]
    public async Task Cancelling_ends_the_tries()
    {
        using var cancel = new CancellationTokenSource();
        await using var service = await FaultyService.StartAsync(emulator, [.. Enumerable.Repeat(Fault.Answers(503), 9)]);
        var patient = new TableClientOptions { Retry = { Delay = TimeSpan.FromHours(1), MaxDelay = TimeSpan.FromHours(1) } };
        var table = service.Table(emulator, "anything", patient);

        var call = table.UpsertEntityAsync(new TableEntity("p", "r"), cancellationToken: cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public void The_defaults_are_those_of_Azure()
    {
        var retry = new TableClientOptions().Retry;

        Assert.Equal((RetryMode.Exponential, 3), (retry.Mode, retry.MaxRetries));
        Assert.Equal((0.8, 60, 100), (retry.Delay.TotalSeconds, retry.MaxDelay.TotalSeconds, retry.NetworkTimeout.TotalSeconds));
    }
}
