using System.Globalization;
using Azure.Data.Tables;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Storage.Runs;

namespace Usage.Storage.Imports;

/// <param name="Sha256">Of the file's bytes.</param>
/// <param name="Version">Of the integration.</param>
public sealed record FileContent(string Sha256, int Version);

/// <summary>
/// Which run of an integration wrote a date last, and with what content: what makes a duplicate. Partition: the integration; row:
/// <c>{product}|{yyyy-MM-dd}</c>. Status is <c>running</c> from before the run's first write until it ends.
/// </summary>
public sealed class ReceiptStore(UsageTables tables)
{
    private static readonly string Succeeded = RunEntity.Word(RunStatus.Succeeded);

    /// <summary>Whether some date was last written, successfully, with this content; if none was, a file of it is no duplicate.</summary>
    public async Task<bool> KnowsAsync(IntegrationId integration, FileContent content, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {integration.Value} and sha256 eq {content.Sha256} and version eq {content.Version}");
        filter += " and " + TableClient.CreateQueryFilter($"status eq {Succeeded}");
        await foreach (var _ in tables.Receipts.QueryAsync<TableEntity>(filter, 1, ["RowKey"], cancellationToken)) return true;
        return false;
    }

    /// <returns>The latest of the runs that wrote these dates with this content, if all of them were; else null.</returns>
    public async Task<RunId?> DuplicateOfAsync(
        IntegrationId integration, FileContent content, IEnumerable<(ProductId Product, DateOnly Date)> dates,
        CancellationToken cancellationToken)
    {
        RunId? latest = null;
        foreach (var (product, date) in dates)
        {
            var row = Row(product, date);
            var found = await tables.Receipts.GetEntityIfExistsAsync<TableEntity>(
                integration.Value, row, cancellationToken: cancellationToken);
            if (!found.HasValue || !IsSame(found.Value!, content)) return null;
            var run = new RunId(found.Value!.GetString("run"));
            if (latest is null || string.CompareOrdinal(run.Value, latest.Value.Value) > 0) latest = run;
        }

        return latest;
    }

    public Task WriteAsync(
        IntegrationId integration, RunId run, FileContent content, RunStatus status, IEnumerable<(ProductId Product, DateOnly Date)> dates,
        CancellationToken cancellationToken) =>
        tables.Receipts.SubmitAsync(
            dates.Select(date => new TableEntity(integration.Value, Row(date.Product, date.Date))
            {
                ["run"] = run.Value,
                ["sha256"] = content.Sha256,
                ["version"] = content.Version,
                ["status"] = RunEntity.Word(status),
            }),
            TableTransactionActionType.UpsertReplace, cancellationToken);

    /// <summary>Forgets that a run wrote dates last: a file of its content is no duplicate there any more.</summary>
    public async Task RemoveAsync(
        IntegrationId integration, RunId run, IEnumerable<(ProductId Product, DateOnly Date)> dates, CancellationToken cancellationToken)
    {
        foreach (var (product, date) in dates)
        {
            var row = Row(product, date);
            var found = await tables.Receipts.GetEntityIfExistsAsync<TableEntity>(
                integration.Value, row, cancellationToken: cancellationToken);
            if (found.HasValue && found.Value!.GetString("run") == run.Value)
                await tables.Receipts.DeleteEntityAsync(integration.Value, row, cancellationToken: cancellationToken);
        }
    }

    private static bool IsSame(TableEntity receipt, FileContent content) =>
        receipt.GetString("sha256") == content.Sha256 && receipt.GetInt32("version") == content.Version
        && receipt.GetString("status") == Succeeded;

    private static string Row(ProductId product, DateOnly date) =>
        string.Create(CultureInfo.InvariantCulture, $"{product}|{date:yyyy-MM-dd}");
}
