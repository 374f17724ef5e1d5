using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Usage.Testing.Emulator;

namespace Usage.Storage.Tests.OfficialClient;

/// <summary>
/// The emulator looks things up by indexes that it doesn't use by itself (<c>infra/azurite/indexes.js</c>): it answers the same.
/// </summary>
[Collection(SharedStorage.Name)]
public sealed class EmulatorIndexTests(StorageFixture storage)
{
    private static readonly string[] Keys = ["a", "a|1", "a|2", "aa", "b", "B", "10", "9", "1e1", "", "ä", "a'b", "or x"];

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(4, false)]
    public async Task Query_finds_what_its_filter_says(int seed, bool numbers)
    {
        var (random, table) = (new Random(seed), await storage.NewTableAsync());
        var keys = numbers ? Keys : [.. Keys.Where(key => !double.TryParse(key, out _) && key.Length > 0)];
        var expected = new Dictionary<(string Partition, string Row), int>();
        for (var step = 0; step < 300; step++)
        {
            var (partition, row) = (keys[random.Next(keys.Length)], $"{random.Next(5)}");
            var entity = new TableEntity(partition, row) { ["value"] = step };
            if (random.Next(5) == 0) await table.DeleteEntityAsync(partition, row);
            else await table.UpsertEntityAsync(entity, random.Next(2) == 0 ? TableUpdateMode.Replace : TableUpdateMode.Merge);
            if (await table.GetEntityIfExistsAsync<TableEntity>(partition, row) is { HasValue: true }) expected[(partition, row)] = step;
            else expected.Remove((partition, row));
        }

        for (var ask = 0; ask < 60; ask++)
        {
            var (one, other, row) = (Keys[random.Next(Keys.Length)], Keys[random.Next(Keys.Length)], $"{random.Next(5)}");
            var (filter, fits) = Filter(random.Next(7), one, other, row);
            var found = await table.QueryAsync<TableEntity>(filter, maxPerPage: random.Next(1, 6))
                .Select(entity => ((entity.PartitionKey, entity.RowKey), entity.GetInt32("value")!.Value)).ToListAsync();
            Assert.Equal(
                expected.Where(stored => fits(stored.Key.Partition, stored.Key.Row))
                    .OrderBy(stored => stored.Key.Partition, StringComparer.Ordinal)
                    .ThenBy(stored => stored.Key.Row, StringComparer.Ordinal)
                    .Select(stored => (stored.Key, stored.Value)), found);
        }
    }

    [Fact]
    public async Task Transaction_that_fails_leaves_replaced_entities_as_they_were()
    {
        var table = await storage.NewTableAsync();
        foreach (var row in new[] { "1", "2" }) await table.AddEntityAsync(new TableEntity("p", row) { ["value"] = "old" });
        var before = await AllAsync();

        await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(
        [
            new TableTransactionAction(TableTransactionActionType.UpdateReplace, new TableEntity("p", "1") { ["value"] = "new" }),
            new TableTransactionAction(TableTransactionActionType.UpdateMerge, new TableEntity("p", "2") { ["value"] = "new" }),
            new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", "1")),
        ]));

        Assert.Equal(before, await AllAsync());
        var tag = (await table.GetEntityAsync<TableEntity>("p", "1")).Value.ETag;
        await table.UpdateEntityAsync(new TableEntity("p", "1") { ["value"] = "newer" }, tag, TableUpdateMode.Replace);
        await Assert.ThrowsAsync<RequestFailedException>(() => table.UpdateEntityAsync(
            new TableEntity("p", "1") { ["value"] = "lost" }, tag, TableUpdateMode.Replace));

        ValueTask<List<(string, ETag, string)>> AllAsync() =>
            table.QueryAsync<TableEntity>().Select(entity => (entity.RowKey, entity.ETag, $"{entity["value"]}")).ToListAsync();
    }

    [Fact]
    public async Task Blobs_are_found_listed_and_deleted_by_their_names()
    {
        var service = new BlobServiceClient(storage.ConnectionString);
        BlobContainerClient[] containers =
            [service.GetBlobContainerClient($"c{Guid.NewGuid():N}"), service.GetBlobContainerClient($"c{Guid.NewGuid():N}")];
        foreach (var container in containers)
        {
            await container.CreateAsync();
            for (var blob = 0; blob < 20; blob++)
                await container.UploadBlobAsync($"b{blob:00}", BinaryData.FromString($"{container.Name} {blob}"));
        }

        for (var blob = 0; blob < 20; blob += 2) await containers[0].DeleteBlobAsync($"b{blob:00}");

        Assert.Equal(
            Enumerable.Range(0, 10).Select(blob => $"b{blob * 2 + 1:00}"),
            await containers[0].GetBlobsAsync().Select(blob => blob.Name).ToListAsync());
        Assert.Equal(20, await containers[1].GetBlobsAsync().CountAsync());
        var text = (await containers[1].GetBlobClient("b04").DownloadContentAsync()).Value.Content.ToString();
        Assert.Equal($"{containers[1].Name} 4", text);
    }

    private static (string Filter, Func<string, string, bool> Fits) Filter(int kind, string one, string other, string row)
    {
        var from = TableClient.CreateQueryFilter($"PartitionKey ge {one}");
        var to = TableClient.CreateQueryFilter($"PartitionKey lt {other}");
        var key = TableClient.CreateQueryFilter($"RowKey gt {row}");
        bool IsFrom(string partition) => string.CompareOrdinal(partition, one) >= 0;
        bool IsTo(string partition) => string.CompareOrdinal(partition, other) < 0;
        return kind switch
        {
            0 => (TableClient.CreateQueryFilter($"PartitionKey eq {one}"), (partition, _) => partition == one),
            1 => (from, (partition, _) => IsFrom(partition)),
            2 => ($"{from} and {to}", (partition, _) => IsFrom(partition) && IsTo(partition)),
            3 => ($"({from}) and ({key})", (partition, its) => IsFrom(partition) && string.CompareOrdinal(its, row) > 0),
            4 => ($"{from} or {to}", (partition, _) => IsFrom(partition) || IsTo(partition)),
            5 => ($"not ({to})", (partition, _) => !IsTo(partition)),
            _ => (
                TableClient.CreateQueryFilter($"PartitionKey eq {one} and RowKey eq {row}"),
                (partition, its) => (partition, its) == (one, row)),
        };
    }
}
