using Azure.Data.Tables.Tests.Pipeline;

namespace Azure.Data.Tables.Tests.Transactions;

public sealed class FailureTests(Emulator emulator)
{
    [Theory, InlineData(0), InlineData(37), InlineData(99)]
    public async Task The_action_that_failed_is_named_and_nothing_is_stored(int failing)
    {
        var table = await emulator.CreateTableAsync();
        await table.AddEntityAsync(new TableEntity("p", $"{failing:000}"));
        var actions = Enumerable.Range(0, 100).Select(i => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", $"{i:000}")));

        var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(actions));

        Assert.Equal((409, "EntityAlreadyExists", failing), (failure.Status, failure.ErrorCode, failure.FailedTransactionActionIndex));
        Assert.Equal(1, await table.QueryAsync<TableEntity>().CountAsync());
    }

    [Fact]
    public async Task An_update_of_nothing_and_an_old_etag_fail_the_whole()
    {
        var table = await emulator.CreateTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "there"));
        var first = new TableTransactionAction(TableTransactionActionType.UpsertReplace, new TableEntity("p", "first"));
        var old = new ETag("W/\"datetime'2020-01-01T00%3A00%3A00.0000000Z'\"");

        var missing = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(
            [first, new(TableTransactionActionType.UpdateReplace, new TableEntity("p", "nobody"), ETag.All)]));
        var changed = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(
            [first, new(TableTransactionActionType.UpdateMerge, new TableEntity("p", "there"), old)]));

        Assert.Equal((404, "ResourceNotFound", 1), (missing.Status, missing.ErrorCode, missing.FailedTransactionActionIndex));
        Assert.Equal((412, "UpdateConditionNotSatisfied", 1), (changed.Status, changed.ErrorCode, changed.FailedTransactionActionIndex));
        Assert.False((await table.GetEntityIfExistsAsync<TableEntity>("p", "first")).HasValue);
    }

    [Fact]
    public async Task An_update_without_an_etag_is_an_upsert()
    {
        var table = await emulator.CreateTableAsync();

        await table.SubmitTransactionAsync([new(TableTransactionActionType.UpdateReplace, new TableEntity("p", "nobody"))]);

        Assert.Equal(1, await table.QueryAsync<TableEntity>().CountAsync());
    }

    [Fact]
    public async Task An_answer_of_Azure_is_understood()
    {
        const string Answer = "--batchresponse_1\r\nContent-Type: multipart/mixed; boundary=changesetresponse_2\r\n\r\n--changesetresponse_2\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
            + "HTTP/1.1 400 Bad Request\r\nX-Content-Type-Options: nosniff\r\nDataServiceVersion: 3.0;\r\nContent-Type: application/json;odata=minimalmetadata;streaming=true;charset=utf-8\r\n\r\n"
            + "{\"odata.error\":{\"code\":\"InvalidInput\",\"message\":{\"lang\":\"en-US\",\"value\":\"2:One of the request inputs is not valid.\\nRequestId:0b\\nTime:2024-10-15T00:00:00Z\"}}}\r\n--changesetresponse_2--\r\n--batchresponse_1--\r\n";
        await using var service = await FaultyService.StartAsync(emulator, Fault.Says(202, "multipart/mixed; boundary=batchresponse_1", Answer));
        var actions = Enumerable.Range(0, 3).Select(i => new TableTransactionAction(TableTransactionActionType.UpsertMerge, new TableEntity("p", $"{i}")));

        var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(() => service.Table(emulator, "usage").SubmitTransactionAsync(actions));

        Assert.Equal((400, "InvalidInput", 2), (failure.Status, failure.ErrorCode, failure.FailedTransactionActionIndex));
        Assert.StartsWith("2:One of the request inputs is not valid.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_of_the_whole_request_is_a_plain_one()
    {
        await using var service = await FaultyService.StartAsync(emulator, Fault.Says(
            413, "application/json", """{"odata.error":{"code":"RequestBodyTooLarge","message":{"lang":"en-US","value":"The request body is too large."}}}"""));

        var failure = await Assert.ThrowsAsync<RequestFailedException>(
            () => service.Table(emulator, "usage").SubmitTransactionAsync([new(TableTransactionActionType.Add, new TableEntity("p", "r"))]));

        Assert.Equal((413, "RequestBodyTooLarge"), (failure.Status, failure.ErrorCode));
    }

    [Fact]
    public async Task A_wrong_key_is_refused()
    {
        var table = new TableClient(emulator.TableEndpoint, "usage", new TableSharedKeyCredential("devstoreaccount1", "AAECAwQ="));

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => table.UpsertEntityAsync(new TableEntity("p", "r")));

        // The emulator says why in XML, which the client doesn't read.
        Assert.Equal((403, null), (failure.Status, failure.ErrorCode));
    }
}
