using Usage.Core.Ids;
using Usage.Storage.Documents;

namespace Usage.Storage.Pulls;

/// <summary>What was pulled when. One document an integration; the starter and the pull itself write it, each its part.</summary>
public sealed class PullStore(UsageTables tables)
{
    private const string Partition = "pull";

    // Two writers at most meet; more often than this is a defect.
    private const int MaxTries = 20;

    private readonly DocumentTable<PullRecord> _records = new(tables.Pulls);

    /// <returns>Null before the first.</returns>
    public async Task<PullRecord?> FindAsync(IntegrationId integration, CancellationToken cancellationToken) =>
        (await _records.GetAsync(Partition, integration.Value, cancellationToken))?.Value;

    /// <param name="change">May be called again with what someone else has written meanwhile.</param>
    public async Task<PullRecord> ChangeAsync(
        IntegrationId integration, Func<PullRecord, PullRecord> change, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            var before = await _records.GetAsync(Partition, integration.Value, cancellationToken);
            var after = change(before?.Value ?? new PullRecord());
            if (after == before?.Value || await _records.TryWriteAsync(Partition, integration.Value, after, before, cancellationToken))
                return after;
        }

        throw new InvalidOperationException($"the pull record of {integration} changed {MaxTries} times while it was written; try again");
    }
}
