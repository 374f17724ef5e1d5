using System.Net;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Usage.Core.Changes;
using Usage.Core.Ids;
using Usage.Core.Snapshots;
using Usage.Core.Values;
using Usage.Storage.Snapshots;
using Usage.Storage.Tables;

namespace Usage.Storage.Tests.Tables;

public sealed class TableTransactionTests
{
    private const string Account = "AccountName=acme;AccountKey=AAECAwQ=;EndpointSuffix=core.windows.net";

    public static TheoryData<object, int, string> Values { get; } = new()
    {
        { -1.7976931348623157E+308, 240, "a" }, { -1.7976931348623157E+308, 240, "€" }, { true, 250, "a" }, { 1d, 1, "€" },
        { new string('€', 15_000), 30, "a" }, { new string('"', 32_000), 1, "a" },
    };

    [Fact]
    public void A_transaction_has_a_hundred_actions_at_most()
    {
        var transactions = Fill(Enumerable.Range(0, 201).Select(i => new TableEntity("p", $"{i}")));

        Assert.Equal([100, 100, 1], transactions.Select(transaction => transaction.Actions.Count));
    }

    [Fact]
    public void A_transaction_has_one_partition() => Assert.Equal(
        "table usage, entity \"q\" / \"2\": found it in a transaction of partition \"p\", expected one partition in a transaction",
        Assert.Throws<TableLimitException>(() => Fill([new("p", "1"), new("q", "2")])).Message);

    [Fact]
    public void A_transaction_has_each_entity_once() => Assert.Equal(
        "table usage, entity \"p\" / \"1\": found it twice in a transaction, expected each entity once",
        Assert.Throws<TableLimitException>(() => Fill([new("p", "1"), new("p", "1")])).Message);

    /// <summary>By what is really sent: sizes are only reckoned when transactions are filled.</summary>
    [Theory, MemberData(nameof(Values))]
    public async Task A_group_is_written_by_requests_of_four_mebibytes_at_most(object value, int dimensions, string letter)
    {
        using var service = new Sizes();
        var options = new TableClientOptions { Transport = new HttpClientTransport(new HttpClient(service)) };
        var writer = new SnapshotWriter(new UsageTables(new TableServiceClient(Account, options)));
        UsageValue?[] values = [.. Enumerable.Repeat<UsageValue?>(Value(value), dimensions)];
        string[] properties = [.. Enumerable.Range(0, dimensions).Select(i => $"d_{new string('n', 60)}{i:000}")];
        var target = new GroupTarget(
            new ProductId(new string('p', 63)), properties, ordinal => new AccountId($"{ordinal:000}{new string(letter[0], 125)}"));
        var group = new SnapshotGroup
        {
            Block = 0,
            Product = 0,
            Date = new DateOnly(2026, 10, 1),
            Snapshots = [.. Enumerable.Range(0, 100).Select(account => new MergedSnapshot(account, long.MaxValue, values))],
        };

        var writes = GroupComparison.Compare(group, _ => true, (_, _) => null, (_, _) => false);
        await writer.WriteAsync(
            target, writes, new RunId("20260101T000000-000000000001"), StoredBlock.Nothing, () => Task.FromResult(true), default);

        Assert.All(service.Bodies, size => Assert.InRange(size, 1, 4 << 20));
        Assert.Equal(100, service.Entities);
    }

    private static UsageValue Value(object value) => value switch
    {
        double number => UsageValue.Of(number),
        bool boolean => UsageValue.Of(boolean),
        _ => UsageValue.Of((string)value),
    };

    private static List<TableTransaction> Fill(IEnumerable<TableEntity> entities) =>
        [.. TableTransaction.Fill("usage", entities.Select(entity => new TableTransactionAction(TableTransactionActionType.Add, entity)))];

    /// <summary>Takes everything, and remembers how large it was.</summary>
    private sealed class Sizes : HttpMessageHandler
    {
        public List<long> Bodies { get; } = [];

        public int Entities { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            Bodies.Add(body.Length);
            Entities += body.AsSpan().Count("\nPOST "u8);
            var content = new StringContent("--b--\r\n");
            content.Headers.Remove("Content-Type");
            content.Headers.TryAddWithoutValidation("Content-Type", "multipart/mixed; boundary=b");
            return new HttpResponseMessage(HttpStatusCode.Accepted) { Content = content, RequestMessage = request };
        }
    }
}
