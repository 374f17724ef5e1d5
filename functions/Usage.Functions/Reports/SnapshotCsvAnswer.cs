using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Usage.Core.Files;
using Usage.Core.Products;
using Usage.Core.Values;
using Usage.Storage.Accounts;
using Usage.Storage.Reports;

namespace Usage.Functions.Reports;

/// <summary>The snapshots of one date as CSV, sent while they are read: one line for each account, one column for each dimension.</summary>
/// <param name="date">Null: the product has no snapshots.</param>
internal sealed class SnapshotCsvAnswer(
    Product product, DateOnly? date, IAsyncEnumerable<PlacedSnapshot> snapshots, RosterSnapshot accounts) : IActionResult
{
    public async Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        var cancellationToken = context.HttpContext.RequestAborted;
        var day = date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "none";
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"{product.Id}-{day}.csv\"";

        await using var csv = new SafeCsv(response.Body, mark: true);
        foreach (var column in product.Dimensions.Select(dimension => dimension.Id.Value).Prepend("date").Prepend("account_name")
            .Prepend("account_id"))
            csv.Write(column);
        csv.Write("run");
        csv.Write("row");
        await csv.EndRowAsync(cancellationToken);
        await foreach (var (_, snapshot) in snapshots.WithCancellation(cancellationToken))
        {
            csv.Write(snapshot.Account.Value);
            csv.Write(accounts.Find(snapshot.Account)?.Account.Name ?? snapshot.Account.Value);
            csv.Write(day);
            foreach (var dimension in product.Dimensions)
                csv.Write(snapshot.Values.TryGetValue(dimension.Id, out var value) ? value : (UsageValue?)null);
            csv.Write(snapshot.Run.Value);
            csv.Write(snapshot.Row is { } row ? UsageValue.Of(row) : (UsageValue?)null);
            await csv.EndRowAsync(cancellationToken);
        }
    }
}
