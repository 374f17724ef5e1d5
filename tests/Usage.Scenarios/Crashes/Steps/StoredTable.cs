using System.Globalization;
using Azure.Data.Tables;
using Usage.Core.Ids;
using Usage.Storage.Snapshots;

namespace Usage.Scenarios.Crashes.Steps;

/// <summary>What runs stored, in words that don't name the runs or the product: two runs of one file must store the same.</summary>
internal static class StoredTable
{
    /// <param name="place">Where it is.</param>
    /// <param name="product">And the integration of the same name.</param>
    /// <param name="runs">All runs of the product, in the same order wherever it is compared.</param>
    public static async Task<SortedDictionary<string, string>> ReadAsync(Place place, string product, params RunId[] runs)
    {
        var stored = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await foreach (var entity in SnapshotsAsync(place, product)) Add("snapshot", entity);
        foreach (var table in new[] { "snapshotdates", "receipts", "unmatched" })
            await foreach (var entity in place.Tables.GetTableClient(table).QueryAsync<TableEntity>($"PartitionKey eq '{product}'"))
                Add(table, entity);
        foreach (var run in runs)
            await foreach (var entity in place.Tables.GetTableClient("undos").QueryAsync<TableEntity>($"PartitionKey eq '{run}'"))
                Add("undo", entity);
        await foreach (var entity in PointsAsync(place, product)) Add("point", entity);
        return stored;

        void Add(string what, TableEntity entity) =>
            stored.Add(Unnamed($"{what} {entity.PartitionKey} {entity.RowKey}"), Unnamed(Words(entity, name => !IsVersion(name))));

        string Unnamed(string text)
        {
            text = text.Replace(product, "P", StringComparison.Ordinal);
            for (var i = 0; i < runs.Length; i++) text = text.Replace(runs[i].Value, $"R{i}", StringComparison.Ordinal);
            return text;
        }
    }

    /// <summary>Only what a reader sees of a product, whoever wrote it.</summary>
    public static async Task<SortedDictionary<string, string>> ReadValuesAsync(Place place, string product)
    {
        var stored = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await foreach (var entity in SnapshotsAsync(place, product))
            if (Words(entity, name => name.StartsWith("d_", StringComparison.Ordinal)) is { Length: > 0 } values)
                stored.Add(Unnamed($"snapshot {entity.PartitionKey} {entity.RowKey}"), values);
        await foreach (var entity in place.Tables.GetTableClient("snapshotdates").QueryAsync<TableEntity>($"PartitionKey eq '{product}'"))
            stored.Add($"date {entity.RowKey}", "");
        await foreach (var entity in PointsAsync(place, product))
        {
            // Sums of the same numbers in another order differ in their last digits.
            foreach (var (name, value) in entity.ToList())
                if (value is double number) entity[name] = number.ToString("G13", CultureInfo.InvariantCulture);
            stored.Add(Unnamed($"point {entity.PartitionKey} {entity.RowKey}"), Words(entity, name => name != "Timestamp"));
        }

        return stored;

        string Unnamed(string text) => text.Replace(product, "P", StringComparison.Ordinal);
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

    private static async IAsyncEnumerable<TableEntity> SnapshotsAsync(Place place, string product)
    {
        // The emulator goes through the whole table for each page: no page of other products.
        for (var range = 0; range < SnapshotKeys.Ranges; range++)
        {
            var filter = $"PartitionKey ge '{range:x}|{product}|' and PartitionKey lt '{range:x}|{product}}}'";
            await foreach (var entity in place.Tables.GetTableClient("snapshots").QueryAsync<TableEntity>(filter)) yield return entity;
        }
    }

    private static IAsyncEnumerable<TableEntity> PointsAsync(Place place, string product) =>
        place.Tables.GetTableClient("reportpoints").QueryAsync<TableEntity>()
            .Where(entity => entity.PartitionKey.Split('|')[0] == product);

    /// <summary>Whether it only says when something was written, or as which version of it.</summary>
    private static bool IsVersion(string property) => property is "Timestamp" or "list";

    private static string Words(TableEntity entity, Func<string, bool> told) => string.Join(' ', entity
        .Where(pair => pair.Key is not ("PartitionKey" or "RowKey" or "odata.etag") && told(pair.Key))
        .OrderBy(pair => pair.Key, StringComparer.Ordinal)
        .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}={pair.Value}")));
}
