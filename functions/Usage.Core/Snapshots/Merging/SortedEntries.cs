using Usage.Core.Snapshots.Entries;

namespace Usage.Core.Snapshots.Merging;

/// <summary>The entries of several slices as one sorted sequence.</summary>
internal sealed class SortedEntries(IEnumerable<Stream> slices) : IDisposable
{
    private readonly List<EntryReader> _readers = [.. slices.Select(slice => new EntryReader(slice))];
    private readonly PriorityQueue<EntryReader, EntryKey> _waiting = new();
    private EntryReader? _current;

    /// <summary>The entry that the last move came to; valid until the next.</summary>
    public EntryReader Current => _current ?? throw new InvalidOperationException("Move first.");

    public async ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        if (_current is null)
        {
            foreach (var reader in _readers)
                if (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) _waiting.Enqueue(reader, reader.Key);
        }
        else if (await _current.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            _current = _waiting.EnqueueDequeue(_current, _current.Key);
            return true;
        }

        return _waiting.TryDequeue(out _current, out _);
    }

    public void Dispose()
    {
        foreach (var reader in _readers) reader.Dispose();
    }
}
