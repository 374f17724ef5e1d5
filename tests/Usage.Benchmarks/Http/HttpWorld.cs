using System.Text.Json.Nodes;
using Usage.Benchmarks.App;
using Usage.Benchmarks.Files;
using Usage.Core.Runs;

namespace Usage.Benchmarks.Http;

/// <summary>What there is to be read: some accounts with long histories, all with two months, and then a date of very many.</summary>
internal sealed class HttpWorld(BenchApp app, HttpCommand.Options options)
{
    public const string SegmentProduct = "segment";
    public const string FileProduct = "file";

    public static string Product(int number) => $"product-{number}";

    public static string Account(int number) => $"a{number:0000000}";

    public async Task MakeAsync(CancellationToken cancel)
    {
        await app.AddAccountsAsync(options.Accounts, cancel);
        for (var i = 0; i < options.Products; i++) await app.ConfigureAsync(Product(i), dates: true, cancel);
        await app.Api.PutAsync("integrations/history", new JsonObject
        {
            ["name"] = "history",
            ["match"] = new JsonArray(new JsonObject { ["by"] = "crmId", ["column"] = "customer_id" }),
            ["allowMultipleRowsPerCustomer"] = true,
            ["products"] = new JsonArray([.. Enumerable.Range(0, options.Products).Select(Mapping)]),
        }, cancel);
        await ImportAsync("history", options.HistoryAccounts * options.Months, options.HistoryAccounts, dates: true, cancel);
        await app.ConfigureAsync(SegmentProduct, dates: true, cancel);
        await ImportAsync(SegmentProduct, 2 * options.Accounts, options.Accounts, dates: true, cancel);
    }

    public async Task MakeFileAsync(CancellationToken cancel)
    {
        await app.AddAccountsAsync(options.FileAccounts, cancel);
        await app.ConfigureAsync(FileProduct, dates: false, cancel);
        await ImportAsync(FileProduct, options.FileAccounts, options.FileAccounts, dates: false, cancel);
    }

    private static JsonObject Mapping(int product) => new()
    {
        ["product"] = Product(product),
        ["dateColumn"] = "day",
        ["dimensions"] = new JsonArray(
            [.. SampleMapping.Dimensions.Select(d => new JsonObject { ["column"] = d.Column, ["dimension"] = d.Dimension })]),
    };

    private async Task ImportAsync(string integration, int rows, int accounts, bool dates, CancellationToken cancel)
    {
        using var file = new MemoryStream();
        await UsageFile.WriteAsync(file, rows, accounts, dates, cancel);
        file.Position = 0;
        var id = await app.Api.UploadAsync(integration, "file.csv", file, cancel);
        Run run;
        while (!(run = await app.Api.GetRunAsync(id, cancel)).HasEnded()) await Task.Delay(100, cancel);
        if (run.Status != RunStatus.Succeeded)
            throw new InvalidOperationException($"Run {id} of {rows} rows is {run.Status}: {run.Error?.Message}");
    }
}
