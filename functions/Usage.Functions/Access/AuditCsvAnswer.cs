using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Usage.Core.Access;
using Usage.Core.Files;
using Usage.Core.Values;

namespace Usage.Functions.Access;

/// <summary>Entries of the audit as a CSV file, sent as they are read.</summary>
internal sealed class AuditCsvAnswer(IAsyncEnumerable<AuditEntry> entries) : IActionResult
{
    private static readonly string[] Columns = ["at", "actor", "action", "resource", "status", "before", "after", "requestId"];

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        var cancellationToken = context.HttpContext.RequestAborted;
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = "attachment; filename=\"audit.csv\"";
        await using var csv = new SafeCsv(response.Body, mark: true);
        foreach (var column in Columns) csv.Write(column);
        await csv.EndRowAsync(cancellationToken);
        await foreach (var entry in entries.WithCancellation(cancellationToken))
        {
            csv.Write(entry.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            csv.Write(entry.Actor);
            csv.Write(entry.Action);
            csv.Write(entry.Resource);
            csv.Write(entry.Status is { } status ? UsageValue.Of(status) : (UsageValue?)null);
            csv.Write(entry.Before?.GetRawText() ?? "");
            csv.Write(entry.After?.GetRawText() ?? "");
            csv.Write(entry.RequestId);
            await csv.EndRowAsync(cancellationToken);
        }
    }
}
