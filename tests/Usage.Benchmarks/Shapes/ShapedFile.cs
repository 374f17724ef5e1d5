using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Usage.Benchmarks.Files;

namespace Usage.Benchmarks.Shapes;

/// <summary>A generated long or wide file, and how it is read. Accounts come again and again, each time in all of its dates.</summary>
internal sealed record ShapedFile(string Shape, long Rows, JsonObject Mapping, Func<StreamWriter, Task> Write)
{
    private const int DatesOfLong = 25;

    private static readonly DateOnly LastMonth = new(2026, 10, 1);

    /// <summary>One row a metric: four numbers a customer and month.</summary>
    public static ShapedFile Long(long rows, int accounts)
    {
        string[] metrics = ["seats", "logins", "api calls", "gb stored"];
        var mapping = new JsonObject
        {
            ["dateColumn"] = "month",
            ["long"] = new JsonObject { ["metricColumn"] = "metric", ["valueColumn"] = "value" },
            ["dimensions"] = new JsonArray([.. metrics.Select((metric, place) => Dimension($"d{place}", metric, ("metric", metric)))]),
        };
        return new("long", rows, mapping, async text =>
        {
            await text.WriteLineAsync("customer_id,month,metric,value");
            for (long row = 0; row < rows; row++)
            {
                var account = row / metrics.Length % accounts;
                var month = LastMonth.AddMonths(-(int)(row / metrics.Length / accounts % DatesOfLong));
                await text.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                    $"{UsageFile.CrmId(account)},{month:yyyy-MM},{metrics[row % metrics.Length]},{row * 31 % 90_000}.{(row % 7) + 1}"));
            }
        });
    }

    /// <summary>One column a month.</summary>
    public static ShapedFile Wide(long rows, int dates, int accounts)
    {
        var mapping = new JsonObject { ["wide"] = Dimension("seats", "Seats", ("header", "yyyy-MM")) };
        return new("wide", rows, mapping, async text =>
        {
            var months = Enumerable.Range(0, dates).Select(back => LastMonth.AddMonths(back + 1 - dates));
            await text.WriteLineAsync($"customer_id,{string.Join(',', months.Select(month => $"{month:yyyy-MM}"))}");
            for (long row = 0; row < rows; row++)
            {
                await text.WriteAsync(UsageFile.CrmId(row % accounts));
                for (var date = 0; date < dates; date++)
                    await text.WriteAsync(string.Create(CultureInfo.InvariantCulture, $",{(row + date) * 31 % 90_000}"));
                await text.WriteLineAsync();
            }
        });
    }

    public async Task WriteAsync(Stream to)
    {
        await using var text = new StreamWriter(to, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        await Write(text);
    }

    private static JsonObject Dimension(string id, string name, (string Member, string Value) source) => new()
    {
        [source.Member] = source.Value,
        ["dimension"] = id,
        ["create"] = new JsonObject { ["name"] = name, ["dataType"] = "numeric" },
    };
}
