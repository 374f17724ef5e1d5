using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Usage.Core.Products;
using Usage.Core.Reports;
using Usage.Core.Values;
using Usage.Storage.Accounts;
using Usage.Storage.Reports;

namespace Usage.Functions.Insights;

/// <summary>A date's snapshots as a CSV file, sent as it is read: a line an account, a column a dimension.</summary>
/// <param name="date">Null: the product has no snapshots.</param>
internal sealed class SnapshotCsvAnswer(Product product, DateOnly? date, IAsyncEnumerable<PlacedSnapshot> snapshots, RosterSnapshot accounts) : IActionResult
{
    private const int FlushLength = 64 * 1024;

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        var cancel = context.HttpContext.RequestAborted;
        var day = date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "none";
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"{product.Id}-{day}.csv\"";

        // Spreadsheets take a file for UTF-8 only when it says so.
        var text = new StringBuilder("\uFEFF").Append(Header());
        var line = new CsvLine();
        await foreach (var (_, snapshot) in snapshots.WithCancellation(cancel))
        {
            line.Add(snapshot.Account.Value).Add(accounts.Find(snapshot.Account)?.Account.Name ?? snapshot.Account.Value).Add(day);
            foreach (var dimension in product.Dimensions)
                line.Add(snapshot.Values.TryGetValue(dimension.Id, out var value) ? value : (UsageValue?)null);
            text.Append(line.Add(snapshot.Run.Value).Add(UsageValue.Of(snapshot.Row)).End());
            if (text.Length >= FlushLength) await FlushAsync(text, response.Body, cancel);
        }

        await FlushAsync(text, response.Body, cancel);
    }

    private string Header()
    {
        var line = new CsvLine().Add("account_id").Add("account_name").Add("date");
        foreach (var dimension in product.Dimensions) line.Add(dimension.Id.Value);
        return line.Add("run").Add("row").End();
    }

    private static async Task FlushAsync(StringBuilder text, Stream body, CancellationToken cancel)
    {
        await body.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancel);
        text.Clear();
    }
}
