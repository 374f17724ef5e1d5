using System.Globalization;
using Azure;
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

    /// <summary>
    /// Says, before a run's first write to a date, that it writes it. An attempt of a run that ended meanwhile says nothing: what is said
    /// by then is the run's end, or that of a later one.
    /// </summary>
    /// <param name="integration">Of the run.</param>
    /// <param name="run">That writes.</param>
    /// <param name="content">Of its file.</param>
    /// <param name="date">That it writes.</param>
    /// <param name="hasEndedAsync">Whether the run has; asked between what is read and what is written.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False: the run has ended.</returns>
    public async Task<bool> ClaimAsync(
        IntegrationId integration, RunId run, FileContent content, (ProductId Product, DateOnly Date) date, Func<Task<bool>> hasEndedAsync,
        CancellationToken cancellationToken)
    {
        var claim = Entity(integration, run, content, RunStatus.Running, date);
        while (true)
        {
            var found = await tables.Receipts.GetEntityIfExistsAsync<TableEntity>(
                claim.PartitionKey, claim.RowKey, ["run"], cancellationToken);
            if (found.HasValue && found.Value!.GetString("run") == run.Value) return true;
            if (await hasEndedAsync()) return false;
            try
            {
                if (found.HasValue)
                    await tables.Receipts.UpdateEntityAsync(claim, found.Value!.ETag, TableUpdateMode.Replace, cancellationToken);
                else
                    await tables.Receipts.AddEntityAsync(claim, cancellationToken);
                return true;
            }
            catch (RequestFailedException changed) when (changed.Status is 404 or 409 or 412)
            {
                // By another partition of the run, or since this attempt lost its turn: it is looked at again.
            }
        }
    }

    public Task WriteAsync(
        IntegrationId integration, RunId run, FileContent content, RunStatus status, IEnumerable<(ProductId Product, DateOnly Date)> dates,
        CancellationToken cancellationToken) =>
        tables.Receipts.SubmitAsync(
            dates.Select(date => Entity(integration, run, content, status, date)),
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

    private static TableEntity Entity(
        IntegrationId integration, RunId run, FileContent content, RunStatus status, (ProductId Product, DateOnly Date) date) =>
        new(integration.Value, Row(date.Product, date.Date))
        {
            ["run"] = run.Value,
            ["sha256"] = content.Sha256,
            ["version"] = content.Version,
            ["status"] = RunEntity.Word(status),
        };

    private static bool IsSame(TableEntity receipt, FileContent content) =>
        receipt.GetString("sha256") == content.Sha256 && receipt.GetInt32("version") == content.Version
        && receipt.GetString("status") == Succeeded;

    private static string Row(ProductId product, DateOnly date) =>
        string.Create(CultureInfo.InvariantCulture, $"{product}|{date:yyyy-MM-dd}");
}
