using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Usage.Core.Ids;

namespace Usage.Storage.Snapshots;

/// <summary>
/// The dates for which a product has snapshots. Partition: the product; row: <c>yyyy-MM-dd</c>; properties: <c>first</c>, the run that
/// claimed it before anyone wrote; <c>shared</c>, set when another run writes it too; <c>count</c>, who counted it last.
/// A date is claimed before the first snapshot is written, so one may be here with none when that run was cut short.
/// </summary>
public sealed class SnapshotDateIndex(UsageTables tables)
{
    public async Task ClaimAsync(ProductId product, DateOnly date, RunId run, CancellationToken cancellationToken)
    {
        try
        {
            await tables.SnapshotDates.AddEntityAsync(
                new TableEntity(product.Value, Row(date)) { ["first"] = run.Value }, cancellationToken);
        }
        catch (RequestFailedException exists) when (exists.Status == 409)
        {
            var entity =
                (await tables.SnapshotDates.GetEntityAsync<TableEntity>(
                    product.Value, Row(date), cancellationToken: cancellationToken)).Value;
            if (entity.GetString("first") == run.Value || entity.GetBoolean("shared") == true) return;
            await MergeAsync(product, date, "shared", true, cancellationToken);
        }
    }

    /// <summary>Whether nobody but this run has written snapshots of that date.</summary>
    public async Task<bool> IsOnlyOfAsync(ProductId product, DateOnly date, RunId run, CancellationToken cancellationToken)
    {
        var found = await tables.SnapshotDates.GetEntityIfExistsAsync<TableEntity>(
            product.Value, Row(date), cancellationToken: cancellationToken);
        return found.HasValue && found.Value!.GetString("first") == run.Value && found.Value.GetBoolean("shared") != true;
    }

    public Task BeginCountAsync(ProductId product, DateOnly date, string count, CancellationToken cancellationToken) =>
        MergeAsync(product, date, "count", count, cancellationToken);

    /// <summary>Whether nobody began to count after this count did.</summary>
    public async Task<bool> IsLastCountAsync(ProductId product, DateOnly date, string count, CancellationToken cancellationToken)
    {
        var found = await tables.SnapshotDates.GetEntityIfExistsAsync<TableEntity>(
            product.Value, Row(date), cancellationToken: cancellationToken);
        return !found.HasValue || found.Value!.GetString("count") == count;
    }

    private Task<Response> MergeAsync(
        ProductId product, DateOnly date, string property, object value, CancellationToken cancellationToken) =>
        tables.SnapshotDates.UpsertEntityAsync(
            new TableEntity(product.Value, Row(date)) { [property] = value }, TableUpdateMode.Merge, cancellationToken);

    internal static string Row(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
