using System.Text;

namespace Usage.Core.Accounts.Unmatched;

/// <summary>Identifiers one after the other, each behind its length in four bytes; <see cref="WaitingKeyReader"/> reads them.</summary>
public sealed class WaitingKeyWriter : IDisposable
{
    private readonly Stream _to;
    private readonly MemoryStream _entry = new();
    private readonly BinaryWriter _writer;

    /// <param name="to">Stays the caller's.</param>
    public WaitingKeyWriter(Stream to)
    {
        _to = to;
        _writer = new BinaryWriter(_entry, Encoding.UTF8);
    }

    /// <summary>Bytes so far.</summary>
    public long Length { get; private set; }

    public void Write(WaitingKey key)
    {
        _entry.SetLength(0);
        _writer.Write(0);
        _writer.Write((byte)key.By);
        _writer.Write(key.Ambiguous);
        _writer.Write7BitEncodedInt64(key.Rows);
        _writer.Write7BitEncodedInt64(key.OtherRows);
        _writer.Write(key.FirstSeen.UtcTicks);
        _writer.Write(key.LastRun);
        _writer.Write(key.Key);
        _writer.Write(key.Text);
        _writer.Write7BitEncodedInt(key.PackedDates.Length);
        _writer.Write(key.PackedDates.Span);
        _writer.Write7BitEncodedInt(key.PackedContext.Length);
        _writer.Write(key.PackedContext.Span);
        var length = (int)_entry.Length;
        _entry.Position = 0;
        _writer.Write(length - sizeof(int));
        _to.Write(_entry.GetBuffer().AsSpan(0, length));
        Length += length;
    }

    public void Dispose()
    {
        _writer.Dispose();
        _entry.Dispose();
    }
}
