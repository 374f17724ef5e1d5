using Usage.Core.Accounts;
using Usage.Core.Accounts.Unmatched;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Products;
using Usage.Core.Values;

namespace Usage.Core.Tests.Snapshots;

public sealed class BatchReaderTests
{
    [Fact]
    public async Task Unmatched_says_what_was_looked_for_in_which_columns() => Assert.Equal(
        "row 1, column \"crm\": found \"C9\", expected the CRM id of an account; column \"name\": found \"Nobody\", expected the name of "
            + "an account",
        await MessageAsync("C9,Nobody,1"));

    [Fact]
    public async Task A_row_without_any_key_says_so() => Assert.Equal(
        "row 1, column \"crm\": found nothing, expected the CRM id of an account; column \"name\": found nothing, expected the name of an "
            + "account",
        await MessageAsync(",,1"));

    [Fact]
    public async Task Ambiguous_names_the_accounts() => Assert.Equal(
        "row 1, column \"name\": found \"Twin\", expected the name of an account, one only, not of 2 (a1, a2)",
        await MessageAsync(",Twin,1"));

    [Fact]
    public async Task A_bad_cell_of_an_unmatched_row_is_not_examined()
    {
        var result = await RunAsync("C9,,N/A");
        Assert.Equal([IssueCode.Unmatched], result.Totals.Issues.Select(issue => issue.Code));
        var waiting = Assert.Single(result.Waiting);
        Assert.Equal((MatchBy.CrmId, "C9", 1L), (waiting.By, waiting.Text, waiting.Rows));
        Assert.Equal([new("mau", "N/A")], WaitingDetails.Cells(waiting.PackedContext));
    }

    [Fact]
    public async Task A_column_that_feeds_two_dimensions_is_told_once()
    {
        var result = await RunAsync("C1,,N/A");
        Assert.Equal(1, Assert.Single(result.Totals.Issues).Count);
        Assert.Equal(1, result.Totals.Rows.Invalid);
    }

    [Fact]
    public async Task Among_very_many_accounts_every_row_finds_its_own()
    {
        var rows = Enumerable.Range(0, 3_000).Select(i => (i % 5) switch
        {
            0 => $"\n  \nC{i * 7},,{i}",
            1 => $"c{i * 7},,{i}",
            2 => $"\"C{i * 7}\",,{i}",
            3 => $"short",
            _ => $"X{i},Twin {i * 7},{i}",
        });
        var result = await RunAsync(string.Join('\n', rows), 21_000, 500);
        Assert.Equal((3_000, 600, 0, 2_400),
            (result.Totals.Rows.Read, result.Totals.Rows.Invalid, result.Totals.Rows.Unmatched, result.Tally.RecordedRows));
        var stored = result.Groups.SelectMany(group => group.Snapshots)
            .ToDictionary(snapshot => snapshot.Account, snapshot => snapshot.Values.Span[0]!.Value.Number);
        Assert.All(stored, pair => Assert.Equal(pair.Key, pair.Value * 7));
    }

    private static async Task<string> MessageAsync(string row) => (await RunAsync(row)).Totals.Issues.Single().Samples.Single().Message;

    private static Task<EngineResult> RunAsync(string row) => RunAsync(row, [Account(1, "Twin"), Account(2, "Twin")], 1);

    private static Task<EngineResult> RunAsync(string rows, int accounts, int batchBytes) =>
        RunAsync(rows, [.. Enumerable.Range(0, accounts).Select(ordinal => Account(ordinal, $"Twin {ordinal}"))], batchBytes);

    private static NumberedAccount Account(int ordinal, string name) =>
        new(ordinal, new Account { Id = new AccountId($"a{ordinal}"), Name = name, CrmId = $"C{ordinal}" });

    private static async Task<EngineResult> RunAsync(string rows, IReadOnlyList<NumberedAccount> accounts, int batchBytes)
    {
        MappedDimension Dimension(string id) =>
            new() { Column = "mau", Id = new DimensionId(id), DataType = DataType.Numeric, Aggregate = Aggregate.Last };
        var mapping = new ImportMapping
        {
            Integration = new Integration
            {
                Id = new IntegrationId("usage"),
                Name = "Usage",
                Match = [new MatchRule { By = MatchBy.CrmId, Column = "crm" }, new MatchRule { By = MatchBy.Name, Column = "name" }],
            },
            Products = [new MappedProduct { Id = new ProductId("p"), Name = "P", Period = SnapshotPeriod.Monthly,
                Dimensions = [Dimension("a"), Dimension("b")] }],
            ArrivalDate = new DateOnly(2026, 11, 22),
            TimeZone = "UTC",
        };
        return await new EngineImport(mapping, accounts, batchBytes, 1, 1).RunAsync($"crm,name,mau\n{rows}\n");
    }
}
