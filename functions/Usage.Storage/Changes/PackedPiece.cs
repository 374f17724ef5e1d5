using Usage.Core.Changes;
using Usage.Core.Ids;

namespace Usage.Storage.Changes;

/// <summary>A piece of a log, of which a group is unpacked when it is asked for: all of them take fifteen times the memory.</summary>
internal sealed class PackedPiece
{
    private readonly ReadOnlyMemory<byte> _packed;
    private readonly IReadOnlyList<LogProduct> _products;
    private readonly Dictionary<(int Product, DateOnly Date, int Block), int> _starts = [];

    /// <param name="packed">As <see cref="WritesFormat"/> says.</param>
    /// <param name="products">That the groups number.</param>
    /// <param name="without">Places of groups that were never written.</param>
    public PackedPiece(ReadOnlyMemory<byte> packed, IReadOnlyList<LogProduct> products, IReadOnlyList<int> without)
    {
        (_packed, _products) = (packed, products);
        var (reader, place) = (new WritesReader(packed), 0);
        reader.Next(group =>
        {
            if (!without.Contains(place++)) _starts.Add(group, reader.Start);
            return false;
        });
    }

    /// <returns>Null: it isn't here.</returns>
    public GroupWrites? Find(ProductId product, DateOnly date, int block)
    {
        for (var place = 0; place < _products.Count; place++)
            if (_products[place].Id == product && _starts.TryGetValue((place, date, block), out var start)) return Read(start);
        return null;
    }

    /// <summary>In order.</summary>
    /// <param name="isWanted">By product (its place in the header), date and block.</param>
    public IEnumerable<GroupWrites> Groups(Func<(int Product, DateOnly Date, int Block), bool> isWanted) =>
        _starts.Where(group => isWanted(group.Key)).Select(group => group.Value).Order().Select(Read);

    private GroupWrites Read(int start) => new WritesReader(_packed[start..]).Next()!;
}
