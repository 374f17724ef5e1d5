using Usage.Core.Changes;
using Usage.Core.Ids;

namespace Usage.Storage.Changes;

/// <summary>A piece of a log, of which a group is unpacked when it is asked for: unpacked, all of them take fifteen times the memory.</summary>
internal sealed class PackedPiece
{
    private readonly ReadOnlyMemory<byte> _packed;
    private readonly IReadOnlyList<LogProduct> _products;
    private readonly Dictionary<(ProductId Product, DateOnly Date, int Block), int> _starts = [];

    /// <param name="packed">As <see cref="WritesFormat"/> says.</param>
    /// <param name="products">That the groups number.</param>
    /// <param name="without">Places of groups that were never written.</param>
    public PackedPiece(ReadOnlyMemory<byte> packed, IReadOnlyList<LogProduct> products, IReadOnlyList<int> without)
    {
        (_packed, _products) = (packed, products);
        var reader = new WritesReader(packed);
        for (var (start, place) = (0, 0); reader.Next() is { } group; place++)
        {
            if (!without.Contains(place)) _starts.Add((products[group.Product].Id, group.Date, group.Block), start);
            start = reader.Position;
        }
    }

    /// <returns>Null: it isn't here.</returns>
    public GroupWrites? Find(ProductId product, DateOnly date, int block) =>
        _starts.TryGetValue((product, date, block), out var start) ? Read(start) : null;

    /// <summary>All groups, in order.</summary>
    public IEnumerable<GroupWrites> Groups() => _starts.Values.Order().Select(Read);

    private GroupWrites Read(int start) => new WritesReader(_packed[start..]).Next()!;
}
