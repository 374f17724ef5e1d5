using System.Buffers;

namespace Usage.Core.Snapshots.Entries;

/// <summary>
/// A list of the few MB that reading a batch takes, in an array from a pool. Its own pool, since the shared one keeps some arrays for each
/// thread that has ever read a batch, and that adds up.
/// </summary>
/// <param name="expected">The length to begin with.</param>
internal sealed class PooledList<T>(int expected) : IDisposable
{
    private const int Longest = 1 << 27;
    private const int Kept = 4;

    private static readonly ArrayPool<T> Pool = ArrayPool<T>.Create(Longest, Kept);

    private T[] _items = Pool.Rent(expected);

    public int Count { get; private set; }

    public Span<T> Items => _items.AsSpan(0, Count);

    public void Add(T item)
    {
        Room(1)[0] = item;
        Count++;
    }

    /// <summary>Room behind the end, which <see cref="Extend"/> takes into the list.</summary>
    public Span<T> Room(int items)
    {
        if (_items.Length - Count < items)
        {
            var larger = Pool.Rent(Math.Max(checked(Count + items), checked(_items.Length * 2)));
            Items.CopyTo(larger);
            Pool.Return(_items);
            _items = larger;
        }

        return _items.AsSpan(Count);
    }

    public void Extend(int items) => Count += items;

    /// <summary>Forgets what lies behind the first few items.</summary>
    public void Cut(int count) => Count = count;

    public void Dispose()
    {
        Pool.Return(_items);
        (_items, Count) = ([], 0);
    }
}
