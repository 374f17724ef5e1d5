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

    public async Task MakeAsync(CancellationToken cancellationToken)
    {
        await app.AddAccountsAsync(options.Accounts, cancellationToken);
        for (var i = 0; i < options.Products; i++) await app.ConfigureAsync(Product(i), dates: true, cancellationToken);
        await app.Api.PutAsync("integrations/history", new JsonObject
        {
            ["name"] = "history",
            ["match"] = new JsonArray(new JsonObject { ["by"] = "crmId", ["column"] = "customer_id" }),
            ["allowMultipleRowsPerCustomer"] = true,
            ["products"] = new JsonArray([.. Enumerable.Range(0, options.Products).Select(Mapping)]),
        }, cancellationToken);
        await ImportAsync("history", options.HistoryAccounts * options.Months, options.HistoryAccounts, dates: true, cancellationToken);
        await app.ConfigureAsync(SegmentProduct, dates: true, cancellationToken);
        await ImportAsync(SegmentProduct, 2 * options.Accounts, options.Accounts, dates: true, cancellationToken);
    }

    public async Task MakeFileAsync(CancellationToken cancellationToken)
    {
        await app.AddAccountsAsync(options.FileAccounts, cancellationToken);
        await app.ConfigureAsync(FileProduct, dates: false, cancellationToken);
        await ImportAsync(FileProduct, options.FileAccounts, options.FileAccounts, dates: false, cancellationToken);
    }

    private static JsonObject Mapping(int product) => new()
    {
        ["product"] = Product(product),
        ["dateColumn"] = "day",
        ["dimensions"] = new JsonArray(
            [.. SampleMapping.Dimensions.Select(d => new JsonObject { ["column"] = d.Column, ["dimension"] = d.Dimension })]),
    };

    private async Task ImportAsync(string integration, int rows, int accounts, bool dates, CancellationToken cancellationToken)
    {
        using var file = new MemoryStream();
        await UsageFile.WriteAsync(file, rows, accounts, dates, cancellationToken);
        file.Position = 0;
        var id = await app.Api.UploadAsync(integration, "file.csv", file, cancellationToken);
        Run run;
        while (!(run = await app.Api.GetRunAsync(id, cancellationToken)).HasEnded()) await Task.Delay(100, cancellationToken);
        if (run.Status != RunStatus.Succeeded)
            throw new InvalidOperationException($"Run {id} of {rows} rows is {run.Status}: {run.Error?.Message}");
    }
}
