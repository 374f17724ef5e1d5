namespace Azure.Data.Tables.Tests.Queries;

public sealed class FilterTests(Emulator emulator)
{
    private static readonly Guid Id = new("0f8fad5b-d9cb-469f-a165-70867728950e");
    private static readonly DateTimeOffset Time = new(2024, 10, 15, 12, 0, 0, TimeSpan.FromHours(2));

    [Fact]
    public void Values_become_literals()
    {
        string name = "O'Neil", none = null!;
        Assert.Equal(
            "a eq 'O''Neil' and b eq 5 and c eq 5L and d eq 5 and e eq 0.25 and f eq true and g eq null",
            TableClient.CreateQueryFilter($"a eq {name} and b eq {5} and c eq {5L} and d eq {5d} and e eq {0.25} and f eq {true} and g eq {none}"));
        Assert.Equal(
            "h eq guid'0f8fad5b-d9cb-469f-a165-70867728950e' and i eq datetime'2024-10-15T10:00:00Z' and j eq X'00FF'",
            TableClient.CreateQueryFilter($"h eq {Id} and i eq {Time} and j eq {new byte[] { 0, 255 }}"));
        Assert.Equal("{x} eq 'y'", TableServiceClient.CreateQueryFilter($"{{x}} eq {'y'}"));
        Assert.Equal(
            "Unable to convert argument 1 from type System.TimeSpan to an OData literal.",
            Assert.Throws<ArgumentException>(() => TableClient.CreateQueryFilter($"a eq {1} and b eq {TimeSpan.Zero}")).Message);
    }

    [Fact]
    public async Task Each_type_finds_its_entity()
    {
        var table = await emulator.CreateTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "other"));
        await table.AddEntityAsync(new TableEntity("p", "wanted")
        {
            ["text"] = "Ä & B + 100% 'x'",
            ["number"] = 5d,
            ["count"] = -7,
            ["big"] = 9_007_199_254_740_993L,
            ["flag"] = true,
            ["id"] = Id,
            ["time"] = Time,
            ["bytes"] = new byte[] { 0, 255 },
        });

        FormattableString[] filters =
        [
            $"text eq {"Ä & B + 100% 'x'"}", $"number eq {5d}", $"number gt {4.5} and number lt {5.5}", $"count eq {-7}", $"big eq {9_007_199_254_740_993L}",
            $"flag eq {true}", $"id eq {Id}", $"time eq {Time}", $"time ge {Time.AddDays(-1)}", $"bytes eq {new byte[] { 0, 255 }}",
            $"PartitionKey eq {"p"} and RowKey ge {"w"} and RowKey lt {"x"}",
        ];
        foreach (var filter in filters)
        {
            var found = await table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter(filter)).Select(e => e.RowKey).ToListAsync();
            Assert.True(found is ["wanted"], $"{TableClient.CreateQueryFilter(filter)} found [{string.Join(", ", found)}], expected [wanted]");
        }
    }

    [Fact]
    public async Task A_malformed_filter_is_refused_by_the_service()
    {
        var table = await emulator.CreateTableAsync();

        var failure = await Assert.ThrowsAsync<RequestFailedException>(async () => await table.QueryAsync<TableEntity>("PartitionKey eq").ToListAsync());

        Assert.Equal(400, failure.Status);
    }

    [Fact]
    public async Task Only_selected_properties_are_read()
    {
        var table = await emulator.CreateTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["a"] = 1, ["b"] = 2d });

        var stored = Assert.Single(await table.QueryAsync<TableEntity>(select: ["RowKey", "b"]).ToListAsync());

        Assert.Equal(("r", 2d, null), (stored.RowKey, stored["b"], stored["a"]));
    }
}
