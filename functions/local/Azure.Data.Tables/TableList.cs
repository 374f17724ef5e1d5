using System.Text.Json;
using Azure.Core;
using Azure.Data.Tables.Errors;
using Azure.Data.Tables.Models;
using Azure.Data.Tables.Pipeline;
using Azure.Data.Tables.Queries;

namespace Azure.Data.Tables;

/// <summary>What can be done with the account's tables as such.</summary>
internal static class TableList
{
    private const string NextTable = "x-ms-continuation-NextTableName";

    public static async Task<Response<TableItem>> CreateAsync(TableRequests requests, string name, CancellationToken cancellationToken)
    {
        using var message = CreateMessage(requests, name, Outcomes.Written);
        return Response.FromValue(new TableItem(name), await requests.SendAsync(message, cancellationToken).ConfigureAwait(false));
    }

    public static async Task<Response<TableItem>> CreateIfNotExistsAsync(TableRequests requests, string name, CancellationToken cancellationToken)
    {
        using var message = CreateMessage(requests, name, Outcomes.CreatedOrThere);
        var response = await requests.SendAsync(message, cancellationToken).ConfigureAwait(false);
        if (response.Status == 409)
        {
            // 409 says "being deleted" too, and then there is no table.
            var failure = Outcomes.Failure(response);
            if (failure.ErrorCode != TableErrorCode.TableAlreadyExists) throw failure;
        }

        return Response.FromValue(new TableItem(name), response);
    }

    public static async Task<Response> DeleteAsync(TableRequests requests, string name, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        using var message = requests.Create(RequestMethod.Delete, $"/Tables('{Uri.EscapeDataString(name)}')", Outcomes.Deleted);
        return await requests.SendAsync(message, cancellationToken).ConfigureAwait(false);
    }

    public static async Task<Page<TableItem>> QueryAsync(TableRequests requests, string? filter, string? token, int? top, CancellationToken cancellationToken)
    {
        var query = QueryString.Of(filter, top, null, ("NextTableName", token));
        using var message = requests.Create(RequestMethod.Get, "/Tables" + query, Outcomes.Read);
        var response = await requests.SendAsync(message, cancellationToken).ConfigureAwait(false);
        using var json = JsonDocument.Parse(response.Content.ToMemory());
        List<TableItem> items = [.. json.RootElement.GetProperty("value").EnumerateArray().Select(t => new TableItem(t.GetProperty("TableName").GetString()!))];
        return Page<TableItem>.FromValues(items, response.Headers.TryGetValue(NextTable, out var next) ? next : null, response);
    }

    private static HttpMessage CreateMessage(TableRequests requests, string name, ResponseClassifier expected)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var message = requests.Create(RequestMethod.Post, "/Tables", expected);
        message.Request.Headers.Add("Prefer", "return-no-content");
        message.Request.Headers.Add("Content-Type", "application/json;odata=nometadata");
        message.Request.Content = RequestContent.Create(JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["TableName"] = name }));
        return message;
    }
}
