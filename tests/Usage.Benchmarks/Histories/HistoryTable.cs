using System.Text;
using Azure.Data.Tables;

namespace Usage.Benchmarks.Histories;

/// <param name="LargestPayload">Of all inputs and outputs in it, in bytes of UTF-8.</param>
internal sealed record HistoryFigures(int Events, long Bytes, int LargestPayload);

/// <summary>The histories of orchestrations, as the durable engine keeps them in its own table: an entity for each event.</summary>
internal sealed class HistoryTable(TableServiceClient tables, string hub)
{
    private static readonly string[] Payloads = ["Input", "Result", "Output"];

    /// <summary>An orchestration's, and those of all that it called.</summary>
    public async Task<IReadOnlyList<HistoryFigures>> OfAsync(string instance, CancellationToken cancellationToken)
    {
        var events = new List<TableEntity>();
        await foreach (var entity in tables.GetTableClient($"{hub}History")
            .QueryAsync<TableEntity>(e => e.PartitionKey == instance, cancellationToken: cancellationToken))
            if (entity.ContainsKey("EventType")) events.Add(entity); // the others are the engine's own mark of the history's end
        if (events.Count == 0) throw new InvalidOperationException($"There is no history of {instance}.");
        var found = new List<HistoryFigures> { new(events.Count, events.Sum(Bytes), events.Max(LargestPayload)) };
        foreach (var child in events.Where(e => e.GetString("EventType") == "SubOrchestrationInstanceCreated"))
            found.AddRange(await OfAsync(child.GetString("InstanceId"), cancellationToken));
        return found;
    }

    private static long Bytes(TableEntity entity) =>
        entity.Sum(property => property.Key.Length + (property.Value is string text ? Encoding.UTF8.GetByteCount(text) : 8L));

    // What is too large for a property is in a blob, and its name here instead.
    private static int LargestPayload(TableEntity entity) =>
        entity.Keys.Any(key => key.EndsWith("BlobName", StringComparison.Ordinal)) ? int.MaxValue
        : Payloads.Max(name => entity.TryGetValue(name, out var value) && value is string text ? Encoding.UTF8.GetByteCount(text) : 0);
}
