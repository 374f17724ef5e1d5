using Usage.Core.Access;
using Usage.Core.Ids;
using Usage.Storage.Documents;

namespace Usage.Storage.Access;

/// <summary>The keys, each with its hash.</summary>
public sealed class KeyStore(UsageTables tables)
{
    private const string Partition = "key";

    private readonly DocumentTable<KeptKey> _documents = new(tables.Keys);

    public Task<Stored<KeptKey>?> GetAsync(KeyId id, CancellationToken cancellationToken) =>
        _documents.GetAsync(Partition, id.Value, cancellationToken);

    /// <summary>All, ordered by id.</summary>
    public async Task<IReadOnlyList<AccessKey>> ListAsync(CancellationToken cancellationToken) =>
        await _documents.ListAsync(Partition, cancellationToken).Select(kept => kept.Key).ToListAsync(cancellationToken);

    /// <returns>False: someone else was faster; read again.</returns>
    public Task<bool> TryWriteAsync(KeptKey key, Stored<KeptKey>? before, CancellationToken cancellationToken) =>
        _documents.TryWriteAsync(Partition, key.Key.Id.Value, key, before, cancellationToken);

    public Task<bool> TryDeleteAsync(Stored<KeptKey> before, CancellationToken cancellationToken) =>
        _documents.TryDeleteAsync(Partition, before.Value.Key.Id.Value, before, cancellationToken);
}

/// <param name="Hash">SHA-256 of the key's text.</param>
public sealed record KeptKey(AccessKey Key, byte[] Hash);
