using Usage.Core.Ids;
using Usage.Core.Reports;
using Usage.Storage.Documents;

namespace Usage.Storage.Reports;

public sealed class SegmentStore(UsageTables tables)
{
    private const string Partition = "segment";

    private readonly DocumentTable<Segment> _documents = new(tables.Segments);

    public Task<Stored<Segment>?> GetAsync(SegmentId id, CancellationToken cancellationToken) =>
        _documents.GetAsync(Partition, id.Value, cancellationToken);

    /// <summary>All, ordered by id.</summary>
    public async Task<IReadOnlyList<Segment>> ListAsync(CancellationToken cancellationToken) =>
        await _documents.ListAsync(Partition, cancellationToken).ToListAsync(cancellationToken);

    /// <returns>False: someone else was faster; read again.</returns>
    public Task<bool> TryWriteAsync(Segment segment, Stored<Segment>? before, CancellationToken cancellationToken) =>
        _documents.TryWriteAsync(Partition, segment.Id.Value, segment, before, cancellationToken);

    public Task<bool> TryDeleteAsync(Stored<Segment> before, CancellationToken cancellationToken) =>
        _documents.TryDeleteAsync(Partition, before.Value.Id.Value, before, cancellationToken);
}
