using System.Globalization;
using System.Text;
using System.Text.Json;
using Usage.Scenarios.App;

namespace Usage.Scenarios.TestRuns;

/// <summary>
/// A random integration of two products, with accounts that are found in three ways, and random files for it: most rows good, some wrong in
/// each way.
/// </summary>
internal sealed class Trial(string name, Random random)
{
    private const int Accounts = 24;

    private static readonly string[] Aggregates = ["last", "first", "sum", "min", "max", "average"];

    public string Integration => name;

    /// <summary>By a date column.</summary>
    public string Dated => $"{name}-dated";

    /// <summary>By the file's arrival.</summary>
    public string Arrived => $"{name}-arrived";

    public async Task SetUpAsync(Api api)
    {
        await api.PutAsync($"products/{Dated}", new { name = "Dated", snapshotPeriod = Pick("monthly", "weekly", "daily") });
        // So long a period that no two uploads of one test fall into two of them.
        await api.PutAsync($"products/{Arrived}", new { name = "Arrived", snapshotPeriod = "yearly" });
        await api.PutAsync($"products/{Dated}/dimensions/seats",
            new { name = "Seats", dataType = "numeric", aggregate = Pick(Aggregates) });
        await api.PutAsync($"products/{Dated}/dimensions/plan",
            new { name = "Plan", dataType = "text", aggregate = Pick("last", "first") });
        await api.PutAsync($"products/{Arrived}/dimensions/calls",
            new { name = "Calls", dataType = "numeric", aggregate = Pick(Aggregates) });
        var csv = new StringBuilder("account_id,name,crm_id,domains,aliases\n");
        for (var i = 0; i < Accounts; i++)
            // The last two share a name.
            csv.Append(CultureInfo.InvariantCulture,
                $"{name}-{i},{name} company {Math.Min(i, Accounts - 2)},{name}-crm-{i},{name}-{i}.example,\n");
        var (status, body) = await api.PostAsync("accounts/import", csv.ToString());
        Assert.True(status == 200, body.ToString());
    }

    /// <summary>The integration at first: it records what it can, and doesn't know the last column.</summary>
    public string Simple() => Body(history: true, "\"mode\":\"skipCell\"", "");

    /// <summary>Later: with a policy, and a dimension that has to be made.</summary>
    public string Changed(string mode, string maxErrors) => Body(
        random.Next(2) == 0,
        $"\"mode\":\"{mode}\",\"maxErrors\":{maxErrors},\"maxErrorPercent\":99",
        ",{\"column\":\"active\",\"dimension\":\"active\",\"create\":{\"name\":\"Active\",\"dataType\":\"boolean\"}}");

    /// <param name="clean">No row is wrong.</param>
    public string File(int rows, bool clean)
    {
        var csv = new StringBuilder("id,site,company,day,seats,plan,calls,active\n");
        for (var i = 0; i < rows; i++) csv.Append(Row(clean)).Append('\n');
        return csv.ToString();
    }

    private string Row(bool clean)
    {
        string Odd(int percent, string odd, string good) => !clean && random.Next(100) < percent ? odd : good;
        var account = random.Next(Accounts);
        string[] key = (random.Next(20) switch
        {
            0 when !clean => [$"{name}-crm-99", "", ""],
            1 when !clean => ["", "", ""],
            2 when !clean => ["", "", $"{name} company {Accounts - 2}"],
            3 => ["", $"https://www.{name}-{account}.example/x", ""],
            4 => ["", "", $"{name} Company {Math.Min(account, Accounts - 3)}"],
            _ => [$"{name}-crm-{account}", "", ""],
        });
        var day = Odd(3, Pick("", "n/a", "2999-01-01", "2024-13-01"), $"2024-{random.Next(1, 4):00}-{random.Next(1, 29):00}");
        var cells = new List<string>(key)
        {
            day,
            Odd(4, Pick("N/A", "9,99", "1e999"), Pick("", "0", "-", $"{random.Next(2_000)}.5", "\"1,234.5\"")),
            Pick("", "Pro", "\"Free, for now\"", "=Enterprise", "línea"),
            Odd(3, "many", $"{random.Next(50)}"),
            Odd(3, "maybe", Pick("yes", "no", "TRUE", "0", "")),
        };
        if (!clean && random.Next(60) == 0) cells.Add("surplus");
        if (!clean && random.Next(60) == 0) cells[5] = "\"quoted\"badly";
        return string.Join(',', cells);
    }

    private string Body(bool history, string policy, string more) => $$"""
        {"name":"Trial","match":[{"by":"crmId","column":"id"},{"by":"domain","column":"site"},{"by":"name","column":"company"}],
         "allowMultipleRowsPerCustomer":{{JsonSerializer.Serialize(history)}},
         "products":[{"product":"{{Dated}}","dateColumn":"day",
                      "dimensions":[{"column":"seats","dimension":"seats"},{"column":"plan","dimension":"plan"}{{more}}]},
                     {"product":"{{Arrived}}","dimensions":[{"column":"calls","dimension":"calls"}]}],
         "file":{"nullTokens":["-"]},"onError":{ {{policy}} } }
        """;

    private string Pick(params string[] texts) => texts[random.Next(texts.Length)];
}
