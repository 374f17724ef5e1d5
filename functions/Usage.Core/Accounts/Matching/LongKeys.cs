using System.Buffers.Binary;

namespace Usage.Core.Accounts.Matching;

/// <summary>Keys in one array, each behind its length of four bytes.</summary>
internal sealed class LongKeys
{
    private byte[] _bytes = [];
    private int _length;

    /// <returns>Where it stands.</returns>
    public int Add(ReadOnlySpan<byte> key)
    {
        var (start, end) = (_length, checked(_length + sizeof(int) + key.Length));
        if (end > _bytes.Length) Array.Resize(ref _bytes, Math.Max(end, Math.Max(1024, checked(_bytes.Length * 2))));
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(start), key.Length);
        key.CopyTo(_bytes.AsSpan(start + sizeof(int)));
        _length = end;
        return start;
    }

    public bool Is(int start, ReadOnlySpan<byte> key) =>
        BinaryPrimitives.ReadInt32LittleEndian(_bytes.AsSpan(start)) == key.Length && _bytes.AsSpan(start + sizeof(int), key.Length).SequenceEqual(key);
}
