using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;
using Usage.Local.Api;

namespace Usage.Local.Demonstration;

/// <summary>The newest snapshot of some accounts, as a table.</summary>
internal static class SnapshotTable
{
    public static async Task PrintAsync(UsageApi api, IEnumerable<string> accounts, CancellationToken cancellationToken)
    {
        var rows = new List<(string Account, string Product, JsonNode Snapshot)>();
        foreach (var account in accounts)
        {
            var usage = await api.GetAsync($"accounts/{account}/usage", cancellationToken);
            foreach (var product in usage["products"]!.AsArray())
                if (product!["snapshots"]!.AsArray().FirstOrDefault() is { } newest)
                    rows.Add(((string)usage["account"]!["name"]!, (string)product["name"]!, newest));
        }

        var dimensions = rows.SelectMany(r => r.Snapshot["values"]!.AsObject().Select(v => v.Key)).Distinct().ToArray();
        var table = new Table().Border(TableBorder.Rounded).AddColumns("account", "product", "date");
        foreach (var dimension in dimensions) table.AddColumn(dimension);
        foreach (var (account, product, snapshot) in rows)
            table.AddRow(
                [.. new[] { account, product, (string)snapshot["date"]! }.Concat(dimensions.Select(d => Show(snapshot["values"]![d])))
                    .Select(Markup.Escape)]);
        AnsiConsole.Write(table);
    }

    private static string Show(JsonNode? value) => value?.GetValueKind() switch
    {
        null => "",
        JsonValueKind.Number => value.GetValue<double>().ToString("#,0.###", CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
