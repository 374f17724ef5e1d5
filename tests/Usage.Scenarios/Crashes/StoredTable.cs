using System.Globalization;
using Azure.Data.Tables;
using Usage.Core.Ids;
using Usage.Storage.Snapshots;

namespace Usage.Scenarios.Crashes;

/// <summary>All that a run stored, in words that don't name the run or the product: two runs of one file must store the same.</summary>
internal static class StoredTable
{
    public static async Task<SortedDictionary<string, string>> ReadAsync(Place place, string product, RunId run)
    {
        var stored = new SortedDictionary<string, string>(StringComparer.Ordinal);
        // The emulator goes through the whole table for each page: no page of other products.
        for (var range = 0; range < SnapshotKeys.Ranges; range++)
        {
            var filter = $"PartitionKey ge '{range:x}|{product}|' and PartitionKey lt '{range:x}|{product}}}'";
            await foreach (var entity in place.Tables.GetTableClient("snapshots").QueryAsync<TableEntity>(filter))
            {
                var key = entity.PartitionKey.Split('|');
                Assert.Equal(run.Value, entity["run"]);
                stored.Add($"snapshot {key[0]}|{key[2]}|{key[3]} {entity.RowKey}", Words(entity));
            }
        }

        await foreach (var entity in place.Tables.GetTableClient("snapshotdates").QueryAsync<TableEntity>($"PartitionKey eq '{product}'"))
            stored.Add($"date {entity.RowKey}", $"{entity.GetBoolean("shared")}");
        await foreach (var entity in place.Tables.GetTableClient("reportpoints").QueryAsync<TableEntity>())
            if (entity.PartitionKey.Split('|')[0] == product)
                stored.Add($"point {entity.PartitionKey[product.Length..]} {entity.RowKey}", Words(entity));
        await foreach (var entity in place.Tables.GetTableClient("receipts").QueryAsync<TableEntity>($"PartitionKey eq '{product}'"))
            stored.Add($"receipt {entity.RowKey.Replace(product, "", StringComparison.Ordinal)}", Words(entity));
        await foreach (var entity in place.Tables.GetTableClient("unmatched").QueryAsync<TableEntity>($"PartitionKey eq '{product}'"))
            stored.Add($"unmatched {entity.RowKey}", Words(entity));
        return stored;
    }

    public static void AreSame(SortedDictionary<string, string> calm, SortedDictionary<string, string> other, string how)
    {
        var differences = calm.Keys.Union(other.Keys)
            .Where(key => calm.GetValueOrDefault(key) != other.GetValueOrDefault(key))
            .Select(
                key => $"{key}: undisturbed {calm.GetValueOrDefault(key) ?? "missing"}, {how} {other.GetValueOrDefault(key) ?? "missing"}")
            .ToList();
        Assert.True(differences.Count == 0,
            $"{differences.Count} of {calm.Count} differ ({how}):\n{string.Join('\n', differences.Take(10))}");
    }

    private static string Words(TableEntity entity) => string.Join(' ', entity
        .Where(pair => pair.Key is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag" or "run" or "lastRun"))
        .OrderBy(pair => pair.Key, StringComparer.Ordinal)
        .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}={pair.Value}")));
}
