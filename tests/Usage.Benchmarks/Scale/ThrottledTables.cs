using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Usage.Benchmarks.Scale;

/// <summary>
/// One storage account's table service as far as a writer of transactions notices it: an answer takes a while, and what exceeds the
/// entities a second of the account or of a partition is put off with 503. It keeps nothing.
/// </summary>
internal sealed partial class ThrottledTables(ThrottledTables.Limits limits) : HttpMessageHandler
{
    private const string Boundary = "batchresponse_1";

    private readonly Lock _lock = new();
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly TokenBucket _account = new(limits.AccountPerSecond, limits.AccountPerSecond * limits.HoldsSeconds);
    private readonly Dictionary<string, TokenBucket> _partitions = [];
    private readonly Dictionary<string, int> _putOff = [];

    /// <param name="AccountPerSecond">Entities.</param>
    /// <param name="PartitionPerSecond">Entities.</param>
    /// <param name="HoldsSeconds">How much of a second may come at once after a pause.</param>
    /// <param name="Latency">Of a transaction of 100, in the middle; it varies by a quarter both ways.</param>
    public sealed record Limits(double AccountPerSecond, double PartitionPerSecond, double HoldsSeconds, TimeSpan Latency)
    {
        /// <summary>What Azure publishes for a storage account of any kind and for a partition of a table.</summary>
        public static Limits OfAzure(TimeSpan latency) => new(20_000, 2_000, 0.1, latency);
    }

    public long Requests { get; private set; }

    /// <summary>Requests that were answered with 503.</summary>
    public long PutOff { get; private set; }

    /// <summary>How often in a row the same request was put off at most.</summary>
    public int MostInARow { get; private set; }

    public long Entities { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = await request.Content!.ReadAsStringAsync(cancellationToken);
        var entities = Operation().Count(body);
        if (entities == 0) throw new InvalidOperationException($"found {request.Method} {request.RequestUri}, expected a transaction");
        var id = request.Headers.GetValues("x-ms-client-request-id").First();
        var taken = TryTake(PartitionKey().Match(body).Groups[1].Value, entities, id);
        var patience = limits.Latency * (0.75 + 0.5 * Random.Shared.NextDouble());
        await Task.Delay(taken ? patience : patience / 4, cancellationToken);
        return taken ? Written(entities) : Busy();
    }

    private bool TryTake(string partition, int entities, string id)
    {
        var now = Stopwatch.GetElapsedTime(_start);
        lock (_lock)
        {
            Requests++;
            if (!_partitions.TryGetValue(partition, out var bucket))
                _partitions.Add(partition, bucket = new TokenBucket(limits.PartitionPerSecond, limits.PartitionPerSecond));
            if (!_account.Holds(entities, now) | !bucket.Holds(entities, now))
            {
                PutOff++;
                MostInARow = Math.Max(MostInARow, _putOff[id] = _putOff.GetValueOrDefault(id) + 1);
                return false;
            }

            _putOff.Remove(id);
            _account.Take(entities);
            bucket.Take(entities);
            Entities += entities;
            return true;
        }
    }

    private static HttpResponseMessage Written(int entities)
    {
        var text = new StringBuilder($"--{Boundary}\r\nContent-Type: multipart/mixed; boundary=changes_1\r\n\r\n");
        for (var i = 0; i < entities; i++)
            text.Append("--changes_1\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n")
                .Append("HTTP/1.1 204 No Content\r\nETag: W/\"1\"\r\n\r\n\r\n");
        text.Append($"--changes_1--\r\n--{Boundary}--\r\n");
        var content = new ByteArrayContent(Encoding.ASCII.GetBytes(text.ToString()));
        content.Headers.TryAddWithoutValidation("Content-Type", $"multipart/mixed; boundary={Boundary}");
        return new(HttpStatusCode.Accepted) { Content = content };
    }

    private static HttpResponseMessage Busy() => new(HttpStatusCode.ServiceUnavailable)
    {
        Content = new StringContent(
            """{"odata.error":{"code":"ServerBusy","message":{"lang":"en-US","value":"The server is busy."}}}""", Encoding.UTF8,
            "application/json"),
    };

    [GeneratedRegex("\nContent-Type: application/http")]
    private static partial Regex Operation();

    [GeneratedRegex("\"PartitionKey\":\"([^\"]*)\"")]
    private static partial Regex PartitionKey();
}
