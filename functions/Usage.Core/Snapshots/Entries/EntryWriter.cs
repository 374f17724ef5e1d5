using System.Buffers;

namespace Usage.Core.Snapshots.Entries;

/// <summary>Writes sorted entries as <see cref="EntryFormat"/> says.</summary>
internal sealed class EntryWriter(Stream target) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private int _length;
    private long _flushed;

    public long Position => _flushed + _length;

    public void BeginSlice()
    {
        Reserve(1);
        _buffer[_length++] = EntryFormat.Version;
    }

    public void Write(int ordinal, int product, int date, int cellDate, long row, int info, ReadOnlySpan<byte> values)
    {
        Span<byte> head = stackalloc byte[6 * Varint.MaxBytes];
        var used = Varint.Write(head, (uint)ordinal);
        used += Varint.Write(head[used..], (uint)product);
        used += Varint.Write(head[used..], (uint)date);
        used += Varint.Write(head[used..], (uint)(cellDate - date));
        used += Varint.Write(head[used..], (ulong)row);
        used += Varint.Write(head[used..], (uint)info);
        Reserve(Varint.MaxBytes + used + values.Length);
        _length += Varint.Write(_buffer.AsSpan(_length), (ulong)(used + values.Length));
        head[..used].CopyTo(_buffer.AsSpan(_length));
        values.CopyTo(_buffer.AsSpan(_length + used));
        _length += used + values.Length;
    }

    public void Dispose()
    {
        Flush();
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void Flush()
    {
        target.Write(_buffer, 0, _length);
        _flushed += _length;
        _length = 0;
    }

    private void Reserve(int bytes)
    {
        if (_buffer.Length - _length >= bytes) return;
        Flush();
        if (_buffer.Length >= bytes) return;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = ArrayPool<byte>.Shared.Rent(bytes);
    }
}
