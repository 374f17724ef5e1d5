namespace Azure.Data.Tables.Tests.Queries;

public sealed class PagingTests(Emulator emulator)
{
    [Fact]
    public async Task More_than_a_thousand_entities_come_in_pages_in_key_order()
    {
        var table = await emulator.CreateTableAsync();
        foreach (var partition in Enumerable.Range(0, 25))
        {
            await table.SubmitTransactionAsync(Enumerable.Range(0, 100).Select(i =>
                new TableTransactionAction(TableTransactionActionType.UpsertMerge, new TableEntity($"{partition:00} ä'%", $"{i:000}") { ["mau"] = (double)i })));
        }

        var pages = await table.QueryAsync<TableEntity>().AsPages().ToListAsync();
        var all = await table.QueryAsync<TableEntity>(maxPerPage: 333).ToListAsync();

        Assert.Equal([1000, 1000, 500], pages.Select(p => p.Values.Count));
        Assert.NotNull(pages[0].ContinuationToken);
        Assert.Null(pages[2].ContinuationToken);
        Assert.Equal(
            from partition in Enumerable.Range(0, 25) from i in Enumerable.Range(0, 100) select ($"{partition:00} ä'%", $"{i:000}", (double?)i),
            all.Select(e => (e.PartitionKey, e.RowKey, e.GetDouble("mau"))));
    }

    [Fact]
    public async Task A_later_call_goes_on_where_a_page_ended()
    {
        var table = await emulator.CreateTableAsync();
        await table.SubmitTransactionAsync(Enumerable.Range(0, 10).Select(i => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p q", $"{i}"))));

        string? token = null;
        await foreach (var page in table.QueryAsync<TableEntity>(maxPerPage: 3).AsPages())
        {
            token = page.ContinuationToken;
            break;
        }

        var rest = await table.QueryAsync<TableEntity>().AsPages(token, 4).ToListAsync();

        Assert.Equal(["3", "4", "5", "6", "7", "8", "9"], rest.SelectMany(p => p.Values).Select(e => e.RowKey));
        Assert.Equal(4, rest[0].Values.Count);
    }

    [Fact]
    public async Task Nothing_found_is_an_empty_page()
    {
        var table = await emulator.CreateTableAsync();

        Assert.Empty(await table.QueryAsync<TableEntity>("PartitionKey eq 'nobody'").ToListAsync());
        Assert.Empty(Assert.Single(await table.QueryAsync<TableEntity>().AsPages().ToListAsync()).Values);
    }

    [Fact]
    public async Task A_query_can_be_cancelled_between_pages()
    {
        var table = await emulator.CreateTableAsync();
        await table.SubmitTransactionAsync(Enumerable.Range(0, 4).Select(i => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", $"{i}"))));
        using var cancel = new CancellationTokenSource();
        var seen = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var entity in table.QueryAsync<TableEntity>(maxPerPage: 2, cancellationToken: cancel.Token))
                if (++seen == 2) await cancel.CancelAsync();
        });

        Assert.Equal(2, seen);
        await foreach (var entity in table.QueryAsync<TableEntity>(maxPerPage: 2).WithCancellation(cancel.Token)) seen++;
        Assert.Equal(6, seen);
    }
}
