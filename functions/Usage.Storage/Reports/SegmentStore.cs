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

    /// <returns>What is stored now; null: someone else was faster, read again.</returns>
    public Task<Stored<Segment>?> TryWriteAsync(Segment segment, Stored<Segment>? before, CancellationToken cancellationToken) =>
        _documents.WriteAsync(Partition, segment.Id.Value, segment, before, cancellationToken);

    /// <summary>Puts back what was there before a write, unless somebody else has written since.</summary>
    public Task TakeBackAsync(Stored<Segment> written, Stored<Segment>? before, CancellationToken cancellationToken) => before is null
        ? TryDeleteAsync(written, cancellationToken) : TryWriteAsync(before.Value, written, cancellationToken);

    public Task<bool> TryDeleteAsync(Stored<Segment> before, CancellationToken cancellationToken) =>
        _documents.TryDeleteAsync(Partition, before.Value.Id.Value, before, cancellationToken);
}
