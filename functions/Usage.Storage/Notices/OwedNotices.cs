using Azure;
using Azure.Data.Tables;
using Usage.Core.Ids;

namespace Usage.Storage.Notices;

/// <summary>
/// Runs whose end somebody is to be told of. What was told is kept apart, so that a run that is ended twice is told once.
/// </summary>
public sealed class OwedNotices(UsageTables tables)
{
    private const string Owed = "owed";
    private const string Settled = "settled";

    /// <returns>False when it was owed or settled before.</returns>
    public async Task<bool> AddAsync(RunId run, CancellationToken cancellationToken)
    {
        if (await IsSettledAsync(run, cancellationToken)) return false;
        try
        {
            await tables.Notices.AddEntityAsync(new TableEntity(Owed, run.Value), cancellationToken);
            return true;
        }
        catch (RequestFailedException exists) when (exists.Status == 409)
        {
            return false;
        }
    }

    /// <summary>It was taken, or someone else sees to it from here.</summary>
    public async Task SettleAsync(RunId run, CancellationToken cancellationToken)
    {
        await tables.Notices.UpsertEntityAsync(new TableEntity(Settled, run.Value), TableUpdateMode.Replace, cancellationToken);
        await tables.Notices.DeleteEntityAsync(Owed, run.Value, ETag.All, cancellationToken);
    }

    /// <summary>Those that have been owed since before a time.</summary>
    public async Task<IReadOnlyList<RunId>> ListAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var owed = new List<RunId>();
        await foreach (var entity in tables.Notices.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Owed}"), cancellationToken: cancellationToken))
            if (entity.Timestamp < before) owed.Add(new RunId(entity.RowKey));
        return owed;
    }

    private async Task<bool> IsSettledAsync(RunId run, CancellationToken cancellationToken) =>
        (await tables.Notices.GetEntityIfExistsAsync<TableEntity>(Settled, run.Value, ["PartitionKey"], cancellationToken)).HasValue;
}
