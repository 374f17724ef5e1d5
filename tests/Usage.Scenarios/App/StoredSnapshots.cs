using Azure.Data.Tables;

namespace Usage.Scenarios.App;

/// <summary>What is in the table itself, whatever the API makes of it.</summary>
internal static class StoredSnapshots
{
    public static async Task<List<TableEntity>> OfAsync(this AppFixture app, string product)
    {
        var stored = new List<TableEntity>();
        await foreach (var entity in app.Tables.GetTableClient("snapshots").QueryAsync<TableEntity>())
            if (entity.PartitionKey.Split('|')[1] == product) stored.Add(entity);
        return stored;
    }

    /// <summary>One line for each value, without the keys of one test's own: tables that are the same give the same lines.</summary>
    public static async Task<List<string>> LinesOfAsync(this AppFixture app, string product) =>
    [
        .. (await app.OfAsync(product))
            .SelectMany(entity => entity
                .Where(property => property.Key.StartsWith("d_", StringComparison.Ordinal) || property.Key == "row")
                .Select(property => FormattableString.Invariant(
                    $"{entity.PartitionKey.Replace(product, "")} {entity.RowKey} {property.Key}={property.Value}")))
            .Order(StringComparer.Ordinal),
    ];

    public static async Task<int> CountAsync(this AppFixture app, string table)
    {
        var count = 0;
        await foreach (var _ in app.Tables.GetTableClient(table).QueryAsync<TableEntity>(select: ["RowKey"])) count++;
        return count;
    }
}
