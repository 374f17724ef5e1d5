using System.Text;
using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Products;
using Usage.Core.Runs;
using Usage.Core.Values;
using Usage.Functions.Http;
using Usage.Functions.Runs;
using Usage.Functions.Runs.Rows;
using Usage.Functions.TestRuns;
using Usage.Functions.Tests.Durable;
using Usage.Functions.Tests.Imports;
using Usage.Storage.Integrations;
using Usage.Storage.Products;
using Usage.Storage.Runs;
using Usage.Testing.Machine;

namespace Usage.Functions.Tests.Runs.Rows;

/// <summary>
/// Imports and test runs of random files, late ones among them: whatever is asked for, the pages together have the rows that the reference
/// has, each with the cells, the issues and the values that it says.
/// </summary>
public sealed class RowTests(ImportHost host)
{
    private static readonly DateTimeOffset Begin = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Aggregate[] Merges = [Aggregate.Last, Aggregate.Sum, Aggregate.First, Aggregate.Max];

    /// <inheritdoc cref="PropertySeeds"/>
    public static TheoryData<int> Seeds => PropertySeeds.Of([11, 12, 13], large: 6, full: 24);

    [SlowTheory, MemberData(nameof(Seeds))]
    public async Task Pages_of_every_filter_have_what_the_reference_has(int seed)
    {
        var random = new Random(seed);
        var (history, aggregate) = (random.Next(3) > 0, Merges[random.Next(Merges.Length)]);
        var integration = await MakeAsync(history, aggregate);
        var reference = new RowReference(history, aggregate);
        for (var turn = 1; turn <= 4; turn++)
        {
            var rows = Rows(random);
            var file = Encoding.UTF8.GetBytes(
                "account,day,seats,logins\n" + string.Concat(rows.Select(row => string.Join(',', row) + "\n")));
            var isTest = random.Next(4) == 0;
            var run = isTest ? await TryAsync(integration, file) : await ImportAsync(integration, file, Begin.AddHours(random.Next(1_000)));
            var place = isTest ? null : new QueuedRun(run.Id, (await host.Runs.GetAsync(run.Id, default)).Drop!).PlaceAt(turn);
            var expected = reference.Import(run.Id, place, rows);
            Assert.Equal(
                expected.CountBy(row => row.Outcome).Select(pair => (pair.Key, (long)pair.Value)).Order(),
                Counts(run.Rows).Where(count => count.Item2 > 0).Order());
            await CheckAsync(run.Id, integration, expected, random.Next(1, 6), $"seed {seed}, file {turn}");
        }
    }

    private async Task CheckAsync(
        RunId id, Integration integration, IReadOnlyList<RowReference.Row> expected, int top, string when)
    {
        var (kept, _) = await host.Get<KeptRuns>().FindAsync(id, default);
        var product = integration.Products[0].Product;
        foreach (var filter in RowFilters.All(product, expected))
        {
            var such = expected.Where(row => RowFilters.Fits(row, filter)).ToList();
            var found = await PagesAsync(kept!, filter, top);
            Assert.True(such.Select(row => row.Number).SequenceEqual(found.Select(row => row.Row)),
                $"{when}, {filter}: expected {string.Join(", ", such.Select(row => row.Number))}, "
                    + $"found {string.Join(", ", found.Select(row => row.Row))}");
            foreach (var (row, one) in such.Zip(found)) Equal(row, one, product, when);
        }

        await ValuesEqualAsync(kept!, expected);
    }

    private async Task ValuesEqualAsync(KeptRun kept, IReadOnlyList<RowReference.Row> expected)
    {
        string[] names = ["account", "day", "seats", "logins"];
        foreach (var code in IssueCode.OfRows.Except([IssueCode.WrongCellCount, IssueCode.NewerValue]))
        {
            var texts = expected.SelectMany(row => row.Findings.Where(finding => finding.Code == code)
                    .Select(finding => (finding.Column, row.Cells[Array.IndexOf(names, finding.Column)])))
                .GroupBy(found => found).Select(same => (same.Key.Column, same.Key.Item2, (long)same.Count()));
            var found = await host.Get<IssueValues>().CountAsync(kept, code, null, default);
            Assert.Equal(texts, found.Items.Select(item => (item.Column, item.Found, item.Count)));
            Assert.Equal(0, found.Others);
        }
    }

    private async Task<IReadOnlyList<RunRow>> PagesAsync(KeptRun kept, RowFilter filter, int top)
    {
        var rows = new List<RunRow>();
        for (long? after = 0; after is { } last;)
        {
            var page = await host.Get<RowPages>().ReadAsync(kept, filter, last, top, default);
            Assert.InRange(page.Rows.Count, 0, top);
            Assert.True(page.Next is null || page.Next > last);
            rows.AddRange(page.Rows);
            after = page.Next;
        }

        return rows;
    }

    private static void Equal(RowReference.Row expected, RunRow found, ProductId product, string when)
    {
        Assert.Equal((expected.Outcome, expected.Account), (found.Outcome, found.Account?.Id.Value));
        Assert.Equal(RowFilters.FindingsOf(expected), found.Issues.Select(issue => (issue.Code, issue.Column)));
        if (expected.Newer.Count > 0)
            Assert.Contains(expected.Newer, run => found.Issues[^1].Message.Contains(run.Value, StringComparison.Ordinal));
        var broken = expected.Cells.Length != 4;
        Assert.Equal(broken ? [] : expected.Cells, found.Cells.Values);
        Assert.Equal(broken ? string.Join(',', expected.Cells) : null, found.Raw?.TrimEnd());
        Assert.All(found.Stored, value => Assert.Equal(product, value.Product));
        Assert.True(
            expected.Stored.Order().SequenceEqual(
                found.Stored.Select(value => (value.Date, value.Dimension.Value, value.Value!.Value.Number, value.Old?.Number)).Order()),
            $"{when}, row {expected.Number}: expected {string.Join("; ", expected.Stored)}, found {string.Join("; ", found.Stored)}");
    }

    private static List<string[]> Rows(Random random)
    {
        var rows = new List<string[]>();
        for (var count = random.Next(1, 25); count > 0; count--)
        {
            var account = Any("acme", "acme", "globex", "globex", "nobody", "");
            var day = Any("2026-08-01", "2026-08-02", "2026-08-02", "2026-08-03", account == "" ? "2026-08-01" : "", "soon");
            string[] row = [account, day, Cell(), Cell()];
            rows.Add(random.Next(10) == 0 ? [.. row, "more"] : row);
        }

        return rows;

        string Any(params string[] texts) => texts[random.Next(texts.Length)];

        string Cell() => random.Next(6) switch { 0 => "", 1 => Any("x", "y", "N/A"), _ => $"{random.Next(1, 9)}" };
    }

    private static IEnumerable<(RowOutcome, long)> Counts(RowCounts rows) =>
    [
        (RowOutcome.Recorded, rows.Recorded), (RowOutcome.Superseded, rows.Superseded), (RowOutcome.Partial, rows.Partial),
        (RowOutcome.Unmatched, rows.Unmatched), (RowOutcome.Invalid, rows.Invalid), (RowOutcome.Empty, rows.Empty),
    ];

    private async Task<Integration> MakeAsync(bool history, Aggregate aggregate)
    {
        var product = new ProductId($"rows-{Guid.NewGuid():N}");
        DimensionId[] dimensions = [new("seats"), new("logins")];
        await host.Get<ProductStore>().TryWriteAsync(new Product
        {
            Id = product,
            Name = product.Value,
            SnapshotPeriod = SnapshotPeriod.Daily,
            Dimensions =
            [
                new Dimension { Id = dimensions[0], Name = "Seats", DataType = DataType.Numeric, Aggregate = aggregate },
                new Dimension { Id = dimensions[1], Name = "Logins", DataType = DataType.Numeric },
            ],
        }, null, default);
        return (await host.Get<IntegrationStore>().TryWriteAsync(new Integration
        {
            Id = new IntegrationId(product.Value),
            Name = "Rows",
            AllowMultipleRowsPerCustomer = history,
            Match = [new MatchRule { By = MatchBy.AccountId, Column = "account" }],
            Products =
            [
                new ProductMapping
                {
                    Product = product,
                    DateColumn = "day",
                    Dimensions = [.. dimensions.Select(id => new DimensionMapping { Column = id.Value, Dimension = id })],
                },
            ],
        }, null, default))!;
    }

    private async Task<Run> ImportAsync(Integration integration, byte[] file, DateTimeOffset arrivedAt)
    {
        var dropped = await host.DropBytesAsync(integration.Id.Value, file, $"{Guid.NewGuid():N}.csv", force: true);
        return await host.ImportAsync(dropped with { ArrivedAt = arrivedAt });
    }

    private async Task<Run> TryAsync(Integration integration, byte[] file)
    {
        var started = await host.Get<TestRunStarter>().StartContentAsync(
            host.Client, new Draft(integration, Saved: true), "ann", "upload.csv", new FileOrigin(null, null), new MemoryStream(file),
            default);
        return await host.EndOfAsync(((JsonAnswer<RunReference>)started).Value.RunId);
    }
}
