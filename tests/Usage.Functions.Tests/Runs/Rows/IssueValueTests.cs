using System.Globalization;
using System.Text;
using Usage.Core.Issues;
using Usage.Functions.Runs.Rows;
using Usage.Functions.Tests.Imports;

namespace Usage.Functions.Tests.Runs.Rows;

public sealed class IssueValueTests(ImportHost host)
{
    private const int Columns = 400;

    [Fact]
    public async Task The_first_thousand_texts_have_their_whole_counts_and_the_others_are_counted()
    {
        // A row of a wide file has many cells that are no numbers.
        var integration = await host.AddIntegrationAsync(change: stored => stored with
        {
            Products = [new() { Product = stored.Products[0].Product, Wide = new() { Dimension = new("seats"), Header = "yyyy-MM-dd" } }],
        });
        var days = Enumerable.Range(0, Columns).Select(
            day => new DateOnly(2025, 1, 1).AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).ToList();
        List<string[]> rows = [.. new[] { "a", "b", "c" }.Select(row => days.Select((_, day) => $"{row}{day}").ToArray())];
        // Texts that come first and texts that come last come again.
        rows.Add([.. days.Select((_, day) => day < 5 ? rows[0][day] : day >= Columns - 5 ? rows[2][day] : "")]);
        var file = $"account,{string.Join(',', days)}\n" + string.Concat(rows.Select(row => $"acme,{string.Join(',', row)}\n"));
        var run = await host.ImportAsync(await host.DropBytesAsync(integration.Id.Value, Encoding.UTF8.GetBytes(file), "wide.csv"));

        var (kept, _) = await host.Get<KeptRuns>().FindAsync(run.Id, default);
        var found = await host.Get<IssueValues>().CountAsync(kept!, IssueCode.NotANumber, null, default);

        var all = rows.SelectMany(row => days.Zip(row)).Where(cell => cell.Second.Length > 0).ToList();
        var first = all.CountBy(cell => cell).Take(1_000).ToList();
        Assert.Equal(
            first.Select(pair => ((string?)pair.Key.First, pair.Key.Second, (long)pair.Value)),
            found.Items.Select(value => (value.Column, value.Found, value.Count)));
        Assert.Equal(all.Count - first.Sum(pair => pair.Value), found.Others);
        var column = await host.Get<IssueValues>().CountAsync(kept!, IssueCode.NotANumber, days[0], default);
        Assert.Equal([("a0", 2L), ("b0", 1L), ("c0", 1L)], column.Items.Select(value => (value.Found, value.Count)));
    }
}
