using Azure;
using Azure.Data.Tables;
using Usage.Core.Ids;

namespace Usage.Storage.Changes;

/// <summary>
/// One turn a product at writing. Partition: the product; row <c>turn</c>: <c>holder</c>, the run that has it or nothing, and
/// <c>number</c>, how often it was taken, so that writes have an order in time whatever the clocks say.
/// </summary>
public sealed class ProductTurns(UsageTables tables)
{
    /// <summary>What would be the number of a turn that nobody has yet.</summary>
    public const long AfterAll = 9_999_999_999;

    private const string Row = "turn";

    /// <param name="product">Of the turn.</param>
    /// <param name="run">That wants it.</param>
    /// <param name="hasEnded">Whether a run that has the turn has ended and is settled: it may have died before it gave it back.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The turn's number; null: another run has it.</returns>
    public async Task<long?> TryTakeAsync(
        ProductId product, RunId run, Func<RunId, CancellationToken, Task<bool>> hasEnded, CancellationToken cancellationToken)
    {
        while (true)
        {
            var stored = await FindAsync(product, cancellationToken);
            var (holder, number) = stored is null ? ("", 0) : (stored.GetString("holder"), stored.GetInt64("number")!.Value);
            if (holder == run.Value) return number;
            if (holder.Length > 0 && !await hasEnded(new RunId(holder), cancellationToken)) return null;
            var taken = new TableEntity(product.Value, Row) { ["holder"] = run.Value, ["number"] = number + 1 };
            if (await TryWriteAsync(taken, stored?.ETag, cancellationToken)) return number + 1;
        }
    }

    /// <summary>Gives all turns back that a run has.</summary>
    public async Task GiveBackAsync(RunId run, CancellationToken cancellationToken)
    {
        var held = await tables.Turns.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"holder eq {run.Value}"), cancellationToken: cancellationToken).ToListAsync(cancellationToken);
        foreach (var turn in held)
        {
            var free = new TableEntity(turn.PartitionKey, Row) { ["holder"] = "", ["number"] = turn["number"] };
            // Who is faster has found that the run has ended, and has taken the turn.
            await TryWriteAsync(free, turn.ETag, cancellationToken);
        }
    }

    private async Task<TableEntity?> FindAsync(ProductId product, CancellationToken cancellationToken)
    {
        var found = await tables.Turns.GetEntityIfExistsAsync<TableEntity>(product.Value, Row, cancellationToken: cancellationToken);
        return found.HasValue ? found.Value : null;
    }

    private async Task<bool> TryWriteAsync(TableEntity turn, ETag? before, CancellationToken cancellationToken)
    {
        try
        {
            if (before is { } etag) await tables.Turns.UpdateEntityAsync(turn, etag, TableUpdateMode.Replace, cancellationToken);
            else await tables.Turns.AddEntityAsync(turn, cancellationToken);
            return true;
        }
        catch (RequestFailedException lost) when (lost.Status is 409 or 412)
        {
            return false;
        }
    }
}
