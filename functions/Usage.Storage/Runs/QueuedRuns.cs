using System.Globalization;
using System.Text;
using Azure.Data.Tables;
using Usage.Core.Ids;
using Usage.Core.Runs;

namespace Usage.Storage.Runs;

/// <summary>
/// The queue of each integration: its imports that haven't ended, in the order in which they take effect: by arrival, then by name.
/// Partition: the integration; row: time of arrival, the name in a form that keeps its order, the run.
/// </summary>
public sealed class QueuedRuns(UsageTables tables)
{
    public Task AddAsync(IntegrationId integration, QueuedRun queued, CancellationToken cancellationToken)
    {
        var entity = new TableEntity(integration.Value, queued.Row)
        {
            ["run"] = queued.Run.Value,
            ["blob"] = queued.Drop.Path,
            ["etag"] = queued.Drop.ETag,
            ["arrivedAt"] = queued.Drop.ArrivedAt,
            ["force"] = queued.Drop.Force,
        };
        if (queued.Drop.Date is { } date) entity["date"] = date;
        if (queued.Drop.SourceName is { } name) entity["sourceName"] = name;
        return tables.RunQueue.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken);
    }

    /// <param name="integration">Null: of all.</param>
    public Task<IReadOnlyList<QueuedRun>> ListAsync(IntegrationId? integration, CancellationToken cancellationToken) => ListAsync(
        integration is { } one ? TableClient.CreateQueryFilter($"PartitionKey eq {one.Value}") : null, null, cancellationToken);

    /// <summary>Those that take effect before this one, in order.</summary>
    public Task<IReadOnlyList<QueuedRun>> BeforeAsync(IntegrationId integration, QueuedRun queued, CancellationToken cancellationToken) =>
        ListAsync(TableClient.CreateQueryFilter($"PartitionKey eq {integration.Value} and RowKey lt {queued.Row}"), null,
            cancellationToken);

    /// <summary>The one at the head, or null.</summary>
    public async Task<QueuedRun?> FirstAsync(IntegrationId integration, CancellationToken cancellationToken) =>
        await ListAsync(TableClient.CreateQueryFilter($"PartitionKey eq {integration.Value}"), 1, cancellationToken) is [var first, ..]
            ? first : null;

    /// <param name="most">It isn't counted further.</param>
    public async Task<int> CountAsync(IntegrationId integration, int most, CancellationToken cancellationToken) =>
        await tables.RunQueue.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {integration.Value}"), Math.Min(most, 1000), ["RowKey"], cancellationToken)
            .Take(most).CountAsync(cancellationToken);

    public Task RemoveAsync(IntegrationId integration, QueuedRun queued, CancellationToken cancellationToken) =>
        tables.RunQueue.DeleteEntityAsync(integration.Value, queued.Row, cancellationToken: cancellationToken);

    private async Task<IReadOnlyList<QueuedRun>> ListAsync(string? filter, int? top, CancellationToken cancellationToken)
    {
        var queued = new List<QueuedRun>();
        await foreach (var entity in tables.RunQueue.QueryAsync<TableEntity>(filter, top, cancellationToken: cancellationToken))
        {
            var (arrivedAt, force) = (entity.GetDateTimeOffset("arrivedAt")!.Value, entity.GetBoolean("force") ?? false);
            var drop = new Drop(entity.GetString("blob"), entity.GetString("etag"), arrivedAt, force)
            {
                Date = entity.GetString("date"),
                SourceName = entity.GetString("sourceName"),
            };
            queued.Add(new QueuedRun(new RunId(entity.GetString("run")), drop));
            if (queued.Count == top) break;
        }

        return queued;
    }
}

/// <summary>A run that waits for its turn, or has it.</summary>
/// <param name="Drop">What it imports.</param>
public sealed record QueuedRun(RunId Run, Drop Drop)
{
    /// <summary>A key has room for that many; names that differ only after them are ordered by their runs.</summary>
    private const int LongestNameBytes = 220;

    /// <summary>
    /// Where the run stands among all that write a product, whatever their integrations: by arrival, and where two arrived within a second
    /// as they were queued, which the numbers of their turns say. So of two files that are sent one after the other the second one counts,
    /// whatever their names.
    /// </summary>
    /// <param name="turn">The number of the run's turn at the product.</param>
    public string PlaceAt(long turn) => string.Create(CultureInfo.InvariantCulture, $"{Arrival}|{turn:D10}|{Run}");

    /// <summary>Where a run stands that follows from another: behind it and what followed from it, before all that come later.</summary>
    /// <param name="parent">The other's place.</param>
    /// <param name="turn">The number of the run's turn at the product.</param>
    public string PlaceBehind(string parent, long turn) => string.Create(CultureInfo.InvariantCulture, $"{parent}|{turn:D10}|{Run}");

    internal string Row =>
        $"{Arrival}|{OrderedName(Drop.Path)}|{Run}";

    private string Arrival => Drop.ArrivedAt.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    public static QueuedRun Of(Drop drop) => new(drop.RunId, drop);

    /// <summary>Whether it takes effect before another run of the same integration.</summary>
    public bool IsBefore(QueuedRun other) => string.CompareOrdinal(Row, other.Row) < 0;

    /// <summary>A name as a key can hold it, in the order of names: its UTF-8 in hexadecimal, without the integration's folder.</summary>
    private static string OrderedName(string blob)
    {
        var bytes = Encoding.UTF8.GetBytes(blob[(blob.IndexOf('/') + 1)..]);
        return Convert.ToHexStringLower(bytes.AsSpan(0, Math.Min(bytes.Length, LongestNameBytes)));
    }
}
