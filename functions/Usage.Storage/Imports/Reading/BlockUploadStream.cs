using System.Buffers;
using System.Globalization;
using System.Text;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Usage.Storage.Imports.Reading;

/// <summary>
/// Writes a blob of unknown length in bounded memory: a short one in one request when it is completed, a long one block by block.
/// The blob isn't there before it is completed; completed again, it is the same.
/// </summary>
public sealed class BlockUploadStream : Stream
{
    /// <summary>Also the size of the arrays that are rented from the pool.</summary>
    private const int BlockBytes = 1 << 20;

    private readonly BlockBlobClient _blob;
    private readonly string _mark;
    private readonly List<string> _blocks = [];
    private byte[] _block = [];
    private int _length;

    /// <param name="blob">What is written.</param>
    /// <param name="mark">
    /// Begins the ids of the blocks. Two writers of one name with different marks never mix their contents; the ids of all must be of one
    /// length. Empty where the same content is written by whoever writes it.
    /// </param>
    internal BlockUploadStream(BlockBlobClient blob, string mark = "") => (_blob, _mark) = (blob, mark);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public bool IsEmpty => _blocks.Count == 0 && _length == 0;

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    // The writers in Core are synchronous, as parsing is.
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            buffer = Take(buffer);
            if (_length < BlockBytes) continue;
            using var content = Content();
            _blob.StageBlock(NextId(), content);
            Staged();
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            buffer = buffer[^Take(buffer.Span).Length..];
            if (_length == BlockBytes) await StageAsync(cancellationToken);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public Task CompleteAsync(CancellationToken cancellationToken) => CompleteAsync(null, cancellationToken);

    /// <param name="metadata">Of the blob; null: none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal async Task<BlobContentInfo> CompleteAsync(IDictionary<string, string>? metadata, CancellationToken cancellationToken)
    {
        if (_blocks.Count == 0)
        {
            using var content = Content();
            return await _blob.UploadAsync(content, new BlobUploadOptions { Metadata = metadata }, cancellationToken);
        }

        if (_length > 0) await StageAsync(cancellationToken);
        return await _blob.CommitBlockListAsync(_blocks, new CommitBlockListOptions { Metadata = metadata }, cancellationToken);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && _block.Length > 0) ArrayPool<byte>.Shared.Return(_block);
        _block = [];
        base.Dispose(disposing);
    }

    /// <returns>What the block has no room for.</returns>
    private ReadOnlySpan<byte> Take(ReadOnlySpan<byte> bytes)
    {
        if (_block.Length == 0) _block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        var taken = Math.Min(bytes.Length, BlockBytes - _length);
        bytes[..taken].CopyTo(_block.AsSpan(_length));
        _length += taken;
        return bytes[taken..];
    }

    private MemoryStream Content() => new(_block, 0, _length, writable: false);

    private async Task StageAsync(CancellationToken cancellationToken)
    {
        await using var content = Content();
        await _blob.StageBlockAsync(NextId(), content, cancellationToken: cancellationToken);
        Staged();
    }

    private string NextId() =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{_mark}{_blocks.Count:D8}")));

    private void Staged()
    {
        _blocks.Add(NextId());
        _length = 0;
    }
}
