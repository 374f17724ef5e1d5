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

    private readonly DocumentTable<Integration> _current = new(tables.Integrations);
    private readonly DocumentTable<Integration> _history = new(tables.IntegrationVersions);

    public Task<Stored<Integration>?> GetAsync(IntegrationId id, CancellationToken cancellationToken) =>
        _current.GetAsync(Partition, id.Value, cancellationToken);

    /// <summary>All, ordered by id.</summary>
    public async Task<IReadOnlyList<Integration>> ListAsync(CancellationToken cancellationToken) =>
        await _current.ListAsync(Partition, cancellationToken).ToListAsync(cancellationToken);

    /// <summary>The newest first; empty when there is no such integration now.</summary>
    public async Task<IReadOnlyList<Integration>> ListVersionsAsync(IntegrationId id, CancellationToken cancellationToken)
    {
        if (await GetAsync(id, cancellationToken) is not { } now) return [];
        var past = await _history.ListAsync(id.Value, cancellationToken).Where(version => version.Version < now.Value.Version)
            .ToListAsync(cancellationToken);
        past.Reverse();
        return [now.Value, .. past];
    }

    /// <summary>Writes the integration as the version after the last one there ever was under its id.</summary>
    /// <returns>What was written; null: someone else was faster, read again.</returns>
    public async Task<Integration?> TryWriteAsync(Integration integration, Stored<Integration>? before, CancellationToken cancellationToken)
    {
        if (before is not null) await _history.PutAsync(integration.Id.Value, Row(before.Value.Version), before.Value, cancellationToken);
        var last = before?.Value.Version ?? await LastVersionAsync(integration.Id, cancellationToken);
        var next = integration with { Version = last + 1 };
        return await _current.TryWriteAsync(Partition, next.Id.Value, next, before, cancellationToken) ? next : null;
    }

    /// <summary>The same for an integration as <see cref="Products.ProductStore.TouchAsync"/> for products.</summary>
    /// <returns>False: it isn't there.</returns>
    public Task<bool> TouchAsync(IntegrationId id, CancellationToken cancellationToken) =>
        tables.Integrations.TouchAsync(Partition, id.Value, cancellationToken);

    /// <summary>Puts back what was there before a write, unless somebody else has written since; versions go on.</summary>
    public async Task TakeBackAsync(Integration written, Stored<Integration>? before, CancellationToken cancellationToken)
    {
        while (await GetAsync(written.Id, cancellationToken) is { } now && now.Value.Version == written.Version)
        {
            var done = before is null
                ? await TryDeleteAsync(now, cancellationToken) : await TryWriteAsync(before.Value, now, cancellationToken) is not null;
            if (done) return;
        }
    }

    /// <summary>The history stays: the version numbers of one that is made anew under the id go on.</summary>
    public async Task<bool> TryDeleteAsync(Stored<Integration> before, CancellationToken cancellationToken)
    {
        await _history.PutAsync(before.Value.Id.Value, Row(before.Value.Version), before.Value, cancellationToken);
        return await _current.TryDeleteAsync(Partition, before.Value.Id.Value, before, cancellationToken);
    }

    private async Task<int> LastVersionAsync(IntegrationId id, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {id.Value}");
        return await tables.IntegrationVersions.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellationToken)
            .Select(entity => int.Parse(entity.RowKey, System.Globalization.CultureInfo.InvariantCulture))
            .LastOrDefaultAsync(cancellationToken);
    }

    private static string Row(int version) => version.ToString("D10", System.Globalization.CultureInfo.InvariantCulture);
}
