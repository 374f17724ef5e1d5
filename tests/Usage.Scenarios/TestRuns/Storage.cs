using System.Globalization;
using Azure.Data.Tables;
using Azure.Storage.Blobs.Models;
using Usage.Scenarios.App;

namespace Usage.Scenarios.TestRuns;

/// <summary>
/// All that an import writes and a test run must not, as lines; each has its entity's ETag, so that writing the same again shows too.
/// </summary>
internal static class Storage
{
    private static readonly string[] Tables =
    [
        "snapshots", "snapshotdates", "reportpoints", "receipts", "unmatched", "accounts", "accountkeys", "products", "integrations",
        "integrationversions", "segments", "runqueue", "notices", "pulls",
    ];

    public static async Task<List<string>> DumpAsync(AppFixture app)
    {
        // An import leaves its line a moment after it is said to have ended.
        await Api.UntilAsync(() => app.CountAsync("runqueue"), waiting => waiting == 0);
        var lines = new List<string>();
        foreach (var table in Tables)
            await foreach (var entity in app.Tables.GetTableClient(table).QueryAsync<TableEntity>())
                lines.Add($"{table} {entity.PartitionKey} {entity.RowKey} {entity.ETag} {Values(entity)}");
        await foreach (var blob in app.Imports.GetBlobsAsync(new GetBlobsOptions()))
            lines.Add($"imports {blob.Name} {blob.Properties.ETag}");
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    /// <summary>The values of each snapshot of these products, by the keys of its entity.</summary>
    public static async Task<Dictionary<(string Partition, string Account),
    string>> SnapshotsAsync(AppFixture app, params string[] products)
    {
        var snapshots = new Dictionary<(string, string), string>();
        foreach (var product in products)
            foreach (var entity in await app.OfAsync(product)) snapshots[(entity.PartitionKey, entity.RowKey)] = Values(entity);
        return snapshots;
    }

    private static string Values(TableEntity entity) => string.Join(
        ' ', entity.Where(property => property.Key.StartsWith("d_", StringComparison.Ordinal))
            .OrderBy(property => property.Key, StringComparer.Ordinal)
            .Select(property => string.Create(CultureInfo.InvariantCulture, $"[{property.Key}={property.Value}]")));
}
