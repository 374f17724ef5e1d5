using Azure.Data.Tables;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Storage.Documents;

namespace Usage.Storage.Integrations;

/// <summary>
/// Integrations and all their versions. A version goes into the history before the next one takes its place, so that the
/// history and what is current are never at odds, whatever is interrupted.
/// </summary>
public sealed class IntegrationStore(UsageTables tables)
{
    private const string Partition = "integration";

    private readonly DocumentTable<Integration> current = new(tables.Integrations);
    private readonly DocumentTable<Integration> history = new(tables.IntegrationVersions);

    public Task<Stored<Integration>?> GetAsync(IntegrationId id, CancellationToken cancel) => current.GetAsync(Partition, id.Value, cancel);

    /// <summary>All, ordered by id.</summary>
    public async Task<IReadOnlyList<Integration>> ListAsync(CancellationToken cancel) =>
        await current.ListAsync(Partition, cancel).ToListAsync(cancel);

    /// <summary>The newest first; empty when there is no such integration now.</summary>
    public async Task<IReadOnlyList<Integration>> ListVersionsAsync(IntegrationId id, CancellationToken cancel)
    {
        if (await GetAsync(id, cancel) is not { } now) return [];
        var past = await history.ListAsync(id.Value, cancel).Where(version => version.Version < now.Value.Version).ToListAsync(cancel);
        past.Reverse();
        return [now.Value, .. past];
    }

    /// <summary>Writes the integration as the version after the last one there ever was under its id.</summary>
    /// <returns>What was written; null: someone else was faster, read again.</returns>
    public async Task<Integration?> TryWriteAsync(Integration integration, Stored<Integration>? before, CancellationToken cancel)
    {
        if (before is not null) await history.PutAsync(integration.Id.Value, Row(before.Value.Version), before.Value, cancel);
        var last = before?.Value.Version ?? await LastVersionAsync(integration.Id, cancel);
        var next = integration with { Version = last + 1 };
        return await current.TryWriteAsync(Partition, next.Id.Value, next, before, cancel) ? next : null;
    }

    /// <summary>The history stays: the version numbers of one that is made anew under the id go on.</summary>
    public async Task<bool> TryDeleteAsync(Stored<Integration> before, CancellationToken cancel)
    {
        await history.PutAsync(before.Value.Id.Value, Row(before.Value.Version), before.Value, cancel);
        return await current.TryDeleteAsync(Partition, before.Value.Id.Value, before, cancel);
    }

    private async Task<int> LastVersionAsync(IntegrationId id, CancellationToken cancel)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {id.Value}");
        return await tables.IntegrationVersions.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancel)
            .Select(entity => int.Parse(entity.RowKey, System.Globalization.CultureInfo.InvariantCulture))
            .LastOrDefaultAsync(cancel);
    }

    private static string Row(int version) => version.ToString("D10", System.Globalization.CultureInfo.InvariantCulture);
}
