using System.Buffers;
using Usage.Core.Accounts;

namespace Usage.Core.Snapshots.Entries;

/// <summary>
/// Reads one slice, an entry at a time, through a buffer of 16 KiB that grows only for a larger entry: a thousand slices at once
/// take 16 MiB.
/// </summary>
internal sealed class EntryReader(Stream slice) : IDisposable
{
    private const int UsualBytes = 16 * 1024;

    /// <summary>
    /// Enough for the slices of all merges that run at once. The shared pool keeps fewer, and the others would stay in memory until a full
    /// collection.
    /// </summary>
    private static readonly ArrayPool<byte> UsualBuffers = ArrayPool<byte>.Create(UsualBytes, 512);

    private byte[] _buffer = UsualBuffers.Rent(UsualBytes);
    private int _start;
    private int _end;
    private int _valuesStart;
    private bool _begun;

    public EntryKey Key { get; private set; }

    /// <summary>No cell of the row was bad.</summary>
    public bool Clean { get; private set; }

    /// <summary>The kind of key by which the row's account was found.</summary>
    public MatchBy MatchedBy { get; private set; }

    /// <summary>How many <see cref="Values"/> there are.</summary>
    public int ValueCount { get; private set; }

    /// <summary>Valid until the next read.</summary>
    public EntryValues Values => new(_buffer.AsSpan(_valuesStart, _start - _valuesStart), ValueCount);

    /// <exception cref="InvalidDataException">The slice is no slice of this version, or ends within an entry.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (!_begun && !await BeginAsync(cancellationToken).ConfigureAwait(false)) return false;
        if (_end - _start < Varint.MaxBytes) await FillAsync(Varint.MaxBytes, cancellationToken).ConfigureAwait(false);
        if (_end == _start) return false;
        var length = ReadLength();
        if (_end - _start < length && !await FillAsync(length, cancellationToken).ConfigureAwait(false)) throw Varint.Broken();
        ReadEntry(length);
        return true;
    }

    public void Dispose()
    {
        if (_buffer.Length > 0) PoolOf(_buffer.Length).Return(_buffer);
        _buffer = [];
        slice.Dispose();
    }

    private async ValueTask<bool> BeginAsync(CancellationToken cancellationToken)
    {
        _begun = true;
        if (!await FillAsync(1, cancellationToken).ConfigureAwait(false)) return false;
        var version = _buffer[_start++];
        return version == EntryFormat.Version
            ? true
            : throw new InvalidDataException(
                $"Entries are of version {version}, expected {EntryFormat.Version}: another release read this batch. "
                    + "Import the file again.");
    }

    private int ReadLength()
    {
        var length = Varint.Read(_buffer.AsSpan(0, _end), ref _start);
        return length is > 0 and < EntryFormat.MaxEntryBytes ? (int)length : throw Varint.Broken();
    }

    private void ReadEntry(int length)
    {
        var bytes = _buffer.AsSpan(0, _start + length);
        var ordinal = (int)Varint.Read(bytes, ref _start);
        var product = (int)Varint.Read(bytes, ref _start);
        var date = (int)Varint.Read(bytes, ref _start);
        var late = (int)Varint.Read(bytes, ref _start);
        var row = (long)Varint.Read(bytes, ref _start);
        var info = (int)Varint.Read(bytes, ref _start);
        Key = EntryKey.Of(Partitioning.Block(ordinal), ordinal % Partitioning.BlockSize, product, date, date + late, row);
        Clean = (info & EntryFormat.Clean) != 0;
        MatchedBy = (MatchBy)((info >> EntryFormat.MatchShift) & EntryFormat.MatchMask);
        ValueCount = info >> EntryFormat.InfoBits;
        _valuesStart = _start;
        _start = bytes.Length;
    }

    /// <returns>False when the slice ends before that many bytes.</returns>
    private async ValueTask<bool> FillAsync(int bytes, CancellationToken cancellationToken)
    {
        Move(bytes);
        while (_end < bytes)
        {
            var read = await slice.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            if (read == 0) return false;
            _end += read;
        }

        return true;
    }

    private void Move(int bytes)
    {
        var target = _buffer.Length < bytes ? PoolOf(bytes).Rent(bytes) : _buffer;
        _buffer.AsSpan(_start, _end - _start).CopyTo(target);
        if (target != _buffer) PoolOf(_buffer.Length).Return(_buffer);
        (_buffer, _end, _start) = (target, _end - _start, 0);
    }

    private static ArrayPool<byte> PoolOf(int bytes) => bytes <= UsualBytes ? UsualBuffers : ArrayPool<byte>.Shared;
}
