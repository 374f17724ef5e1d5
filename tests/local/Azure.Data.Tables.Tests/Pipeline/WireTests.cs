using System.Text.Json.Nodes;

namespace Azure.Data.Tables.Tests.Pipeline;

/// <summary>What goes over the wire, as the service documents it.</summary>
public sealed class WireTests(Emulator emulator)
{
    private static readonly TableEntity Entity = new("p q", "r'1") { ["mau"] = 500d, ["calls"] = 7L, ["plan"] = "Pro" };

    [Fact]
    public async Task Upserts_have_no_condition_updates_and_deletes_do()
    {
        var name = (await emulator.CreateTableAsync()).Name;
        await using var service = await FaultyService.StartAsync(emulator);
        var table = service.Table(emulator, name);

        await table.AddEntityAsync(Entity);
        await table.UpsertEntityAsync(Entity);
        await table.UpsertEntityAsync(Entity, TableUpdateMode.Replace);
        await table.UpdateEntityAsync(Entity, ETag.All);
        await table.DeleteEntityAsync("p q", "r'1");

        var seen = service.Requests.ToArray();
        Assert.Equal(["POST", "PATCH", "PUT", "PATCH", "DELETE"], seen.Select(r => r.Method));
        Assert.Equal([null, null, null, "*", "*"], seen.Select(r => r.Header("If-Match")));
        Assert.Equal(["return-no-content", null, null, null, null], seen.Select(r => r.Header("Prefer")));
        Assert.EndsWith($"/{name}", seen[0].Path, StringComparison.Ordinal);
        Assert.All(seen[1..], r => Assert.EndsWith($"/{name}(PartitionKey='p%20q',RowKey='r%27%271')", r.Path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_request_says_version_and_date_and_is_signed()
    {
        var name = (await emulator.CreateTableAsync()).Name;
        await using var service = await FaultyService.StartAsync(emulator, Fault.Answers(500));

        await service.Table(emulator, name).UpsertEntityAsync(Entity);

        Assert.Equal(2, service.Requests.Count);
        foreach (var request in service.Requests)
        {
            Assert.Equal("2020-12-06", request.Header("x-ms-version"));
            Assert.Equal("3.0", request.Header("DataServiceVersion"));
            Assert.StartsWith("SharedKeyLite devstoreaccount1:", request.Header("Authorization"), StringComparison.Ordinal);
            Assert.NotNull(request.Header("x-ms-date"));
        }
    }

    [Fact]
    public async Task An_entity_is_annotated_json()
    {
        var name = (await emulator.CreateTableAsync()).Name;
        await using var service = await FaultyService.StartAsync(emulator);

        await service.Table(emulator, name).UpsertEntityAsync(Entity);

        // The package writes a value before its type, the stand-in after it.
        var sent = JsonNode.Parse(Assert.Single(service.Requests).Text);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(
            """{"PartitionKey":"p q","RowKey":"r'1","mau":500,"mau@odata.type":"Edm.Double","calls":"7","calls@odata.type":"Edm.Int64","plan":"Pro"}"""), sent));
    }

    [Fact]
    public async Task Requests_of_a_transaction_carry_no_signature_and_no_date()
    {
        var name = (await emulator.CreateTableAsync()).Name;
        await using var service = await FaultyService.StartAsync(emulator);

        await service.Table(emulator, name).SubmitTransactionAsync([new(TableTransactionActionType.Add, Entity)]);

        var request = Assert.Single(service.Requests);
        Assert.Equal("/devstoreaccount1/$batch", request.Url);
        Assert.StartsWith("multipart/mixed; boundary=batch_", request.Header("Content-Type"), StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", request.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("x-ms-date", request.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Matches($"POST http://127.0.0.1:{service.Port}/devstoreaccount1/{name}(\\?[^ ]+)? HTTP/1.1\r\n", request.Text);
        Assert.Contains("Prefer: return-no-content\r\n", request.Text, StringComparison.Ordinal);
    }
}
