using System.Globalization;
using System.Text;
using Azure.Storage.Blobs.Specialized;

namespace Usage.Functions.Imports.Steps;

/// <summary>
/// Writes a blob of unknown length in bounded memory: a short one in one request when it is completed, a long one block by block.
/// Nothing is there before it is completed; done again, it writes the same.
/// </summary>
public sealed class BlockUploadStream(BlockBlobClient blob) : Stream
{
    // Small, since the memory behind a block grows by doubling, and large arrays stay a long while.
    private const int BlockBytes = 2 << 20;

    private readonly MemoryStream _block = new();
    private readonly List<string> _blocks = [];

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public bool IsEmpty => _blocks.Count == 0 && _block.Length == 0;

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _block.Write(buffer);
        if (_block.Length < BlockBytes) return;
        var id = NextId();
        _block.Position = 0;
        // The writers in Core are synchronous, as parsing is.
        blob.StageBlock(id, _block);
        Next(id);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _block.Write(buffer.Span);
        if (_block.Length >= BlockBytes) await StageAsync(cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public async Task CompleteAsync(CancellationToken cancel)
    {
        if (_blocks.Count == 0)
        {
            _block.Position = 0;
            await blob.UploadAsync(_block, cancellationToken: cancel);
            return;
        }

        if (_block.Length > 0) await StageAsync(cancel);
        await blob.CommitBlockListAsync(_blocks, cancellationToken: cancel);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _block.Dispose();
        base.Dispose(disposing);
    }

    private async Task StageAsync(CancellationToken cancel)
    {
        var id = NextId();
        _block.Position = 0;
        await blob.StageBlockAsync(id, _block, cancellationToken: cancel);
        Next(id);
    }

    private string NextId() => Convert.ToBase64String(Encoding.ASCII.GetBytes(_blocks.Count.ToString("D8", CultureInfo.InvariantCulture)));

    private void Next(string id)
    {
        _blocks.Add(id);
        _block.SetLength(0);
    }
}
