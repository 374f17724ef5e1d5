using System.Globalization;
using System.Text;
using Usage.Core.Issues;

namespace Usage.Scenarios.Crashes.Steps;

/// <summary>
/// A file of many rows, five for an account over four months in no order, every aggregate, and some rows that can't be recorded; and the
/// integrations that read it, each into a product of its own.
/// </summary>
internal sealed class History
{
    private const int UnmatchedEvery = 97;
    private const int BadEvery = 89;

    private readonly Place _place;
    private readonly string _name;
    private readonly int _rows;

    private History(Place place, int rows) => (_place, _name, _rows) = (place, place.Unique("h"), rows);

    private int Accounts => _rows / 5;

    /// <summary>The accounts of a file of so many rows, made once for all scenarios of a place.</summary>
    public static async Task<History> SetUpAsync(Place place, int rows)
    {
        if (place.Histories.TryGetValue(rows, out var history)) return history;
        history = new History(place, rows);
        var accounts = new StringBuilder("account_id,name,crm_id,domains,aliases\n");
        for (var i = 0; i < history.Accounts; i++)
            accounts.Append(CultureInfo.InvariantCulture, $"{history.Account(i)},{history.Account(i)},crm{history.Account(i)},,\n");
        var (status, _) = await place.Api.PostAsync("accounts/import", accounts.ToString());
        Assert.Equal(200, status);
        return place.Histories[rows] = history;
    }

    /// <returns>The product, and the integration of the same name, that the file is read into.</returns>
    public async Task<string> AddProductAsync()
    {
        var id = _place.Unique($"{_name}-p");
        await _place.Api.PutAsync($"products/{id}", new { name = id, snapshotPeriod = "monthly" });
        (string Id, string Type, string Aggregate)[] dimensions =
            [("total", "numeric", "sum"), ("low", "numeric", "min"), ("high", "numeric", "max"), ("mean", "numeric", "average"),
                ("plan", "text", "last"), ("active", "boolean", "first")];
        foreach (var (dimension, type, aggregate) in dimensions)
            await _place.Api.PutAsync($"products/{id}/dimensions/{dimension}", new { name = dimension, dataType = type, aggregate });
        await _place.Api.PutAsync($"integrations/{id}", new
        {
            name = id,
            match = new[] { new { by = "crmId", column = "customer" } },
            allowMultipleRowsPerCustomer = true,
            products = new[] { new { product = id, dateColumn = "day",
                dimensions = dimensions.Select(d => new { column = d.Id, dimension = d.Id }) } },
        });
        return id;
    }

    /// <param name="seed">Of its values; the same rows are unmatched or bad whatever it is.</param>
    /// <param name="rows">Null: all.</param>
    public string Csv(int seed = 7, int? rows = null)
    {
        var random = new Random(seed);
        var text = new StringBuilder("customer,day,total,low,high,mean,plan,active\n");
        for (var row = 0; row < (rows ?? _rows); row++)
        {
            var customer = row % UnmatchedEvery == 5 ? "nobody" : $"crm{Account(random.Next(Accounts))}";
            var total = row % BadEvery == 3 ? "n/a" : $"{random.Next(1000) / 8.0:R}";
            text.Append(CultureInfo.InvariantCulture,
                $"{customer},2025-0{random.Next(1, 5)}-{random.Next(1, 29):D2},{total},{random.Next(99)},{random.Next(9999)},");
            text.Append(CultureInfo.InvariantCulture,
                $"{random.NextDouble():F4},plan{random.Next(4)},{(random.Next(2) == 0 ? "yes" : "no")}\n");
        }

        return text.ToString();
    }

    /// <summary>Body of a fix after which no row of the file is rejected.</summary>
    public string Mends() => $$"""
        {"rules": [{"column": "customer", "found": "nobody", "becomes": "crm{{Account(1)}}"},
                   {"column": "total", "found": "n/a", "becomes": "5.5"}]}
        """;

    /// <summary>What is known of the counts without importing anything.</summary>
    public void IsRight(RowCounts rows)
    {
        var unmatched = Enumerable.Range(0, _rows).Count(row => row % UnmatchedEvery == 5);
        var partial = Enumerable.Range(0, _rows).Count(row => row % BadEvery == 3 && row % UnmatchedEvery != 5);
        Assert.Equal((_rows, unmatched, partial, _rows - unmatched - partial), (rows.Read, rows.Unmatched, rows.Partial, rows.Recorded));
    }

    public string Account(int number) => $"{_name}a{number}";
}
