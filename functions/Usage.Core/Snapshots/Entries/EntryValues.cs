using System.Buffers.Binary;

namespace Usage.Core.Snapshots.Entries;

/// <summary>The values of one entry, where they lie in the buffer.</summary>
internal ref struct EntryValues(ReadOnlySpan<byte> bytes, int count)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _left = count;
    private int _position;

    /// <summary>Index in the product's dimensions.</summary>
    public int Dimension { get; private set; }

    /// <summary>One of <see cref="EntryFormat"/>'s kinds.</summary>
    public int Kind { get; private set; }

    public double Number { get; private set; }

    public readonly bool Boolean => Kind == EntryFormat.TrueKind;

    /// <summary>UTF-8.</summary>
    public ReadOnlySpan<byte> Text { get; private set; }

    public bool MoveNext()
    {
        if (_left-- <= 0) return false;
        var tag = Varint.Read(_bytes, ref _position);
        Dimension = (int)(tag >> EntryFormat.KindBits);
        Kind = (int)(tag & ((1 << EntryFormat.KindBits) - 1));
        if (Kind == EntryFormat.NumberKind)
        {
            Number = BinaryPrimitives.ReadDoubleLittleEndian(_bytes[_position..]);
            _position += sizeof(double);
        }
        else if (Kind == EntryFormat.TextKind)
        {
            var length = (int)Varint.Read(_bytes, ref _position);
            Text = _bytes.Slice(_position, length);
            _position += length;
        }

        return true;
    }
}
