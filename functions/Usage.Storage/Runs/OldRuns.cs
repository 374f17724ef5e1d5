using Azure.Data.Tables;
using Azure.Storage.Blobs.Models;
using Usage.Core.Ids;
using Usage.Core.Runs;

namespace Usage.Storage.Runs;

/// <summary>
/// Deletes what old runs have left. The records of imports stay, with their details in <c>run.json</c>: they say which files have had their
/// run, and snapshots, receipts and duplicates name them.
/// </summary>
public sealed class OldRuns(UsageTables tables, UsageBlobs blobs, RunStore runs)
{
    /// <summary>Removes the records of test runs that have ended; their blobs go with <see cref="RemoveDetailsAsync"/>.</summary>
    /// <returns>How many.</returns>
    public async Task<int> RemoveTestsAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var removed = 0;
        var filter = TableClient.CreateQueryFilter($"PartitionKey ge {RunKey.Day(before)} and kind eq {RunEntity.Word(RunKind.Test)}");
        await foreach (
            var entity in tables.Runs.QueryAsync<TableEntity>(filter, select: ["id", "status"], cancellationToken: cancellationToken))
        {
            var id = new RunId(entity.GetString("id"));
            if (string.CompareOrdinal(id.Value, RunIdText.Stamp(before)) >= 0 || !HasEnded(entity.GetString("status"))) continue;
            var key = RunKey.Of(id);
            await tables.Runs.DeleteEntityAsync(key.Partition, key.Row, cancellationToken: cancellationToken);
            removed++;
        }

        return removed;
    }

    /// <summary>Removes the blobs of ended imports but for their records, and those of runs without a record.</summary>
    /// <returns>How many.</returns>
    public async Task<int> RemoveDetailsAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var removed = 0;
        // Names begin with the run's time and are listed in order.
        await foreach (
            var folder in blobs.Runs.GetBlobsByHierarchyAsync(new GetBlobsByHierarchyOptions { Delimiter = "/" }, cancellationToken))
        {
            var name = (folder.Prefix ?? folder.Blob.Name).TrimEnd('/');
            if (string.CompareOrdinal(name, RunIdText.Stamp(before)) >= 0) break;
            if (!RunId.TryParse(name, out var id)) continue;
            var stored = await runs.FindAsync(id, cancellationToken);
            if (stored is not null && !stored.Run.HasEnded()) continue;
            // Nothing can be done for rows that nobody knows any more.
            if (stored?.Run.Integration is { } integration)
                await tables.Unmatched.DeleteEntityAsync(integration.Value, id.Value, cancellationToken: cancellationToken);
            removed += await RemoveBlobsAsync(id, keepRecord: stored is not null, cancellationToken);
        }

        return removed;
    }

    private async Task<int> RemoveBlobsAsync(RunId id, bool keepRecord, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var blob in blobs.Runs.GetBlobsAsync(new GetBlobsOptions { Prefix = $"{id}/" }, cancellationToken))
            if (!keepRecord || blob.Name != $"{id}/{RunBlobs.Details}") names.Add(blob.Name);
        foreach (var name in names)
            await blobs.Runs.DeleteBlobIfExistsAsync(name, DeleteSnapshotsOption.None, cancellationToken: cancellationToken);
        return names.Count;
    }

    private static bool HasEnded(string status) =>
        status != RunEntity.Word(RunStatus.Queued) && status != RunEntity.Word(RunStatus.Running);
}
