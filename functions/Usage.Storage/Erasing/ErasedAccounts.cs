using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Usage.Core.Ids;
using Usage.Storage.Runs;

namespace Usage.Storage.Erasing;

/// <summary>
/// Accounts that are being erased, or were, by their ordinals, which are never given again: a run that has read its file before looks here
/// once it has its turns, and writes nothing of them. Table <c>accountchanges</c>, partition <c>erased</c>, row: the ordinal; properties:
/// <c>run</c>, the erase, and <c>account</c>, the id, only until it is done.
/// </summary>
public sealed class ErasedAccounts(UsageTables tables, RunBlobs blobs)
{
    private const string Partition = "erased";

    /// <summary>Not among what is kept of a run: it goes at its end.</summary>
    private const string Name = "account.json";

    /// <returns>Those of all accounts that are closed, or gone.</returns>
    public async Task<IReadOnlyList<int>> OrdinalsAsync(CancellationToken cancellationToken) =>
        await tables.AccountChanges.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), select: ["RowKey"], cancellationToken: cancellationToken)
            .Select(entity => int.Parse(entity.RowKey, CultureInfo.InvariantCulture)).ToListAsync(cancellationToken);

    /// <param name="account">That is being erased.</param>
    /// <param name="ordinal">Null: any, since the account may be gone already.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The erase that is at work at it; null: none.</returns>
    public async Task<RunId?> FindAsync(AccountId account, int? ordinal, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and account eq {account.Value}");
        if (ordinal is { } one) filter += " and " + TableClient.CreateQueryFilter($"RowKey eq {Row(one)}");
        var found = await tables.AccountChanges.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken)
            .FirstOrDefaultAsync(cancellationToken);
        return found is null ? null : new RunId(found.GetString("run"));
    }

    /// <summary>Closes an account; done again, nothing changes.</summary>
    /// <returns>The erase that has closed it: this one, or one before.</returns>
    public async Task<RunId> CloseAsync(RunId run, ErasedAccount account, CancellationToken cancellationToken)
    {
        try
        {
            await tables.AccountChanges.AddEntityAsync(
                new TableEntity(Partition, Row(account.Ordinal)) { ["run"] = run.Value, ["account"] = account.Account.Id.Value },
                cancellationToken);
            return run;
        }
        catch (RequestFailedException closed) when (closed.Status == 409)
        {
            var found = await tables.AccountChanges.GetEntityIfExistsAsync<TableEntity>(
                Partition, Row(account.Ordinal), cancellationToken: cancellationToken);
            return new RunId(found.Value!.GetString("run"));
        }
    }

    /// <summary>The account is gone: what is left says that one of that ordinal was erased, and by which run.</summary>
    public Task ForgetAsync(RunId run, int ordinal, CancellationToken cancellationToken) => tables.AccountChanges.UpsertEntityAsync(
        new TableEntity(Partition, Row(ordinal)) { ["run"] = run.Value }, TableUpdateMode.Replace, cancellationToken);

    public Task SaveAsync(RunId run, ErasedAccount account, CancellationToken cancellationToken) =>
        blobs.SaveJsonAsync(run, Name, account, cancellationToken);

    public async Task<ErasedAccount> GetAsync(RunId run, CancellationToken cancellationToken) =>
        await blobs.FindJsonAsync<ErasedAccount>(run, Name, cancellationToken)
        ?? throw new InvalidOperationException(
            $"it isn't known what run {run} erases; that is kept from when it is asked for until its end");

    /// <summary>The run erases nothing after all.</summary>
    public Task DropAsync(RunId run, CancellationToken cancellationToken) =>
        blobs.Blob(run, Name).DeleteIfExistsAsync(cancellationToken: cancellationToken);

    private static string Row(int ordinal) => ordinal.ToString("D10", CultureInfo.InvariantCulture);
}
