using System.Globalization;
using Azure.Data.Tables;
using Usage.Core.Ids;

namespace Usage.Storage.Changes;

/// <param name="Place">Where it stands among all runs, see <see cref="Runs.QueuedRun"/>.</param>
/// <param name="Turn">The number of its turn at the product: the order in which they wrote.</param>
public sealed record DateWriter(DateOnly Date, RunId Run, string Place, long Turn)
{
    public bool IsAfter(string place) => string.CompareOrdinal(Place, place) > 0;
}

/// <summary>
/// The runs that wrote a date of a product, told before they do. Partition: the product; row: <c>{yyyy-MM-dd}|{place}</c>, so that they
/// come in the order of their places; properties: <c>run</c>, <c>turn</c>.
/// </summary>
public sealed class DateWriters(UsageTables tables)
{
    public Task AddAsync(ProductId product, DateWriter writer, CancellationToken cancellationToken) =>
        tables.Writers.UpsertEntityAsync(
            new TableEntity(product.Value, $"{Key(writer.Date)}|{writer.Place}") { ["run"] = writer.Run.Value, ["turn"] = writer.Turn },
            TableUpdateMode.Replace, cancellationToken);

    /// <summary>By date, then place; both dates are included.</summary>
    public async Task<IReadOnlyList<DateWriter>> ListAsync(
        ProductId product, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        // '}' is the character behind '|'.
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {product.Value} and RowKey ge {Key(from)} and RowKey lt {Key(to) + "}"}");
        return await tables.Writers.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken)
            .Select(entity => new DateWriter(
                DateOnly.ParseExact(entity.RowKey.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture),
                new RunId(entity.GetString("run")), entity.RowKey[11..], entity.GetInt64("turn") ?? 0))
            .ToListAsync(cancellationToken);
    }

    private static string Key(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
