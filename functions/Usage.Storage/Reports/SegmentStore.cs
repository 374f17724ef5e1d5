using Usage.Core.Ids;
using Usage.Core.Reports;
using Usage.Storage.Documents;

namespace Usage.Storage.Reports;

public sealed class SegmentStore(UsageTables tables)
{
    private const string Partition = "segment";

    private readonly DocumentTable<Segment> documents = new(tables.Segments);

    public Task<Stored<Segment>?> GetAsync(SegmentId id, CancellationToken cancel) => documents.GetAsync(Partition, id.Value, cancel);

    /// <summary>All, ordered by id.</summary>
    public async Task<IReadOnlyList<Segment>> ListAsync(CancellationToken cancel) =>
        await documents.ListAsync(Partition, cancel).ToListAsync(cancel);

    /// <returns>False: someone else was faster; read again.</returns>
    public Task<bool> TryWriteAsync(Segment segment, Stored<Segment>? before, CancellationToken cancel) =>
        documents.TryWriteAsync(Partition, segment.Id.Value, segment, before, cancel);

    public Task<bool> TryDeleteAsync(Stored<Segment> before, CancellationToken cancel) =>
        documents.TryDeleteAsync(Partition, before.Value.Id.Value, before, cancel);
}
