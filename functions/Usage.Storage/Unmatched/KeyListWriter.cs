using System.Text;
using Usage.Core.Accounts.Unmatched;
using Usage.Storage.Imports.Reading;

namespace Usage.Storage.Unmatched;

/// <summary>
/// Writes identifiers in an order, then for every 32 KB of them which comes first there, so that a <see cref="KeyList"/> begins to read
/// where it needs to.
/// </summary>
internal sealed class KeyListWriter : IDisposable
{
    private const int FenceBytes = 32 << 10;

    private readonly BlockUploadStream _to;
    private readonly WaitingKeyWriter _keys;
    private readonly MemoryStream _fences = new();
    private readonly BinaryWriter _writer;
    private long _next;
    private int _count;

    /// <param name="to">Stays the caller's.</param>
    public KeyListWriter(BlockUploadStream to)
    {
        (_to, _keys) = (to, new WaitingKeyWriter(to));
        _writer = new BinaryWriter(_fences, Encoding.UTF8);
    }

    public void Add(WaitingKey key)
    {
        if (_keys.Length >= _next)
        {
            _writer.Write(_keys.Length);
            _writer.Write((byte)key.By);
            _writer.Write(key.Rows);
            _writer.Write(key.Key);
            _next = _keys.Length + FenceBytes;
            _count++;
        }

        _keys.Write(key);
    }

    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        var length = (int)_fences.Length;
        _writer.Write(length);
        _writer.Write(_count);
        _fences.Position = 0;
        await _fences.CopyToAsync(_to, cancellationToken);
        await _to.CompleteAsync(cancellationToken);
    }

    public void Dispose()
    {
        _keys.Dispose();
        _writer.Dispose();
        _fences.Dispose();
    }
}
