using System.Globalization;
using Azure.Data.Tables;
using Usage.Core.Integrations;
using Usage.Core.Runs;

namespace Usage.Storage.Runs;

/// <summary>A file that waits for its turn, or has it.</summary>
public sealed record QueuedRun(RunId Run, string Blob, string ETag, DateTimeOffset ArrivedAt, bool Force);

/// <summary>
/// The imports of an integration that haven't ended, in the order in which they take effect: arrival, then name. Partition: the integration;
/// row: time of arrival, the name in a form that keeps its order, the run.
/// </summary>
public sealed class WaitingRuns(UsageTables tables)
{
    /// <summary>Less than 0 when the first takes effect before the second; both are of one integration.</summary>
    public static int Compare(QueuedRun first, QueuedRun second) => string.CompareOrdinal(Row(first), Row(second));

    public Task AddAsync(IntegrationId integration, QueuedRun queued, CancellationToken cancel) =>
        tables.RunQueue.UpsertEntityAsync(
            new TableEntity(integration.Value, Row(queued))
            {
                ["run"] = queued.Run.Value,
                ["blob"] = queued.Blob,
                ["etag"] = queued.ETag,
                ["arrivedAt"] = queued.ArrivedAt,
                ["force"] = queued.Force,
            },
            TableUpdateMode.Replace, cancel);

    /// <summary>Those that take effect before this one, in order.</summary>
    public Task<IReadOnlyList<QueuedRun>> BeforeAsync(IntegrationId integration, QueuedRun queued, CancellationToken cancel) =>
        ListAsync(TableClient.CreateQueryFilter($"PartitionKey eq {integration.Value} and RowKey lt {Row(queued)}"), null, cancel);

    /// <summary>The one at the head, or null.</summary>
    public async Task<QueuedRun?> FirstAsync(IntegrationId integration, CancellationToken cancel) =>
        (await ListAsync(TableClient.CreateQueryFilter($"PartitionKey eq {integration.Value}"), 1, cancel)) is [var first, ..] ? first : null;

    public Task RemoveAsync(IntegrationId integration, QueuedRun queued, CancellationToken cancel) =>
        tables.RunQueue.DeleteEntityAsync(integration.Value, Row(queued), cancellationToken: cancel);

    private async Task<IReadOnlyList<QueuedRun>> ListAsync(string filter, int? top, CancellationToken cancel)
    {
        var queued = new List<QueuedRun>();
        await foreach (var entity in tables.RunQueue.QueryAsync<TableEntity>(filter, top, cancellationToken: cancel))
        {
            queued.Add(new QueuedRun(
                new RunId(entity.GetString("run")), entity.GetString("blob"), entity.GetString("etag"),
                entity.GetDateTimeOffset("arrivedAt")!.Value, entity.GetBoolean("force") ?? false));
            if (queued.Count == top) break;
        }

        return queued;
    }

    private static string Row(QueuedRun queued) =>
        $"{queued.ArrivedAt.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}|{QueuedName.Of(queued.Blob)}|{queued.Run}";
}
