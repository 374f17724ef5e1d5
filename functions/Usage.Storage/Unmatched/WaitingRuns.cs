using System.Collections.Concurrent;
using Azure.Data.Tables;
using Usage.Core.Accounts;
using Usage.Core.Accounts.Unmatched;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Storage.Changes;

namespace Usage.Storage.Unmatched;

/// <summary>
/// Which runs have rows that wait for an account. Partition: the integration; row: the run. A run is there from the moment at which its
/// record says that it has ended, unless it is undone, until its details are gone.
/// </summary>
public sealed class WaitingRuns(UsageTables tables, UndoStore undos, RunIdentifiers identifiers)
{
    private const int AtOnce = 8;

    private const string ListVersion = "list";

    /// <param name="List">Version of its list of identifiers; null: it has none.</param>
    internal readonly record struct Listed(RunId Run, string? List);

    /// <param name="Key">What waits of the identifier in the run.</param>
    public sealed record OfRun(RunId Run, WaitingKey Key);

    /// <summary>Brings it up to date, once a run has ended, after each undo of it, and when its list has become another.</summary>
    /// <returns>Whether rows of it wait.</returns>
    public async Task<bool> UpdateAsync(Run ended, CancellationToken cancellationToken)
    {
        if (ended.Integration is not { } integration || !ended.IsRoot()) return false;
        var list = await identifiers.FindVersionAsync(ended.Id, cancellationToken);
        // A fix may have given an unknown account to a row of a run that had none.
        if (!ended.MayHaveWaitingRows() && list is null) return false;
        if ((await undos.OfAsync(ended.Id, cancellationToken)).IsWhole)
        {
            await RemoveAsync(ended, cancellationToken);
            return false;
        }

        var entity = new TableEntity(integration.Value, ended.Id.Value) { [ListVersion] = list };
        await tables.Unmatched.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken);
        return true;
    }

    /// <summary>None of its rows wait any more: it is undone, or another run has taken up all of them.</summary>
    public async Task RemoveAsync(Run ended, CancellationToken cancellationToken)
    {
        if (ended.Integration is { } integration)
            await tables.Unmatched.DeleteEntityAsync(integration.Value, ended.Id.Value, cancellationToken: cancellationToken);
    }

    /// <summary>In the order of their arrival.</summary>
    public async Task<IReadOnlyList<RunId>> ListAsync(IntegrationId integration, CancellationToken cancellationToken) =>
        [.. (await ListedAsync(integration, cancellationToken)).Select(one => one.Run)];

    /// <inheritdoc cref="ListAsync"/>
    internal async Task<IReadOnlyList<Listed>> ListedAsync(IntegrationId integration, CancellationToken cancellationToken) =>
        await tables.Unmatched.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {integration.Value}"), null, ["RowKey", ListVersion], cancellationToken)
            .Where(IsOfRun).Select(entity => new Listed(new RunId(entity.RowKey), entity.GetString(ListVersion)))
            .ToListAsync(cancellationToken);

    /// <summary>Those that have such runs.</summary>
    public async Task<IReadOnlyList<IntegrationId>> IntegrationsAsync(CancellationToken cancellationToken) =>
        await tables.Unmatched.QueryAsync<TableEntity>(null, null, ["PartitionKey", "RowKey"], cancellationToken)
            .Where(IsOfRun).Select(entity => new IntegrationId(entity.PartitionKey)).Distinct().ToListAsync(cancellationToken);

    /// <summary>Before the lists of runs there were rows of another form here, which nobody reads any more.</summary>
    private static bool IsOfRun(TableEntity entity) => RunId.TryParse(entity.RowKey, out _);

    /// <summary>The runs that have rows which an identifier would release, in the order of their arrival.</summary>
    public async Task<IReadOnlyList<OfRun>> OfKeyAsync(
        IntegrationId integration, MatchBy by, string text, CancellationToken cancellationToken)
    {
        var found = new ConcurrentBag<OfRun>();
        await Parallel.ForEachAsync(
            await ListAsync(integration, cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (run, cancellationToken) =>
            {
                if (await identifiers.FindAsync(run, by, text, cancellationToken) is { } key) found.Add(new OfRun(run, key));
            });
        return [.. found.OrderBy(one => one.Run.Value, StringComparer.Ordinal)];
    }
}
