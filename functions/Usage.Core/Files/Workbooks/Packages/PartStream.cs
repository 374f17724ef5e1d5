using System.IO.Compression;
using System.IO.Hashing;
using Usage.Core.Files.Sources;
using Usage.Core.Issues;
using static System.FormattableString;

namespace Usage.Core.Files.Workbooks.Packages;

/// <summary>
/// One part of a workbook, unpacked: within limits, and at its end compared with the checksum that was packed with it. Owns the stream.
/// </summary>
/// <param name="maxBytes">That the part may unpack to.</param>
internal sealed class PartStream(Stream unpacked, ZipArchiveEntry entry, long maxBytes) : Stream
{
    /// <summary>A node of XML stands in memory: a tag, or a piece of text.</summary>
    private const int MostOfNode = 2 << 20;

    private readonly Crc32 _checksum = new();
    private int _sinceNode;

    /// <summary>Unpacked bytes so far.</summary>
    public long Total { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => Total; set => throw new NotSupportedException(); }

    /// <summary>The reader begins with the next node.</summary>
    public void StartNode() => _sinceNode = 0;

    /// <summary>Reads what is left, so that it is compared too.</summary>
    public void Drain()
    {
        var buffer = new byte[1 << 16];
        do StartNode();
        while (Read(buffer) > 0);
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty) return 0;
        var read = unpacked.Read(buffer);
        if (read == 0)
        {
            if (Total != entry.Length || _checksum.GetCurrentHashAsUInt32() != entry.Crc32)
                throw WorkbookErrors.Broken($"other bytes in \"{CellText.Shown(entry.FullName)}\" than were packed");
            return 0;
        }

        _checksum.Append(buffer[..read]);
        Total += read;
        _sinceNode += read;
        if (Total > maxBytes)
            throw new FileRejectedException(IssueCode.FileTooLarge,
                Invariant($"the workbook: found more than {maxBytes} bytes in \"{CellText.Shown(entry.FullName)}\" when unpacked, ")
                + "expected at most that many (limit MaxUnpackedBytes); split it");
        if (_sinceNode > MostOfNode)
            throw WorkbookErrors.Broken(Invariant($"XML with a node of more than {MostOfNode} bytes"));
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) unpacked.Dispose();
        base.Dispose(disposing);
    }
}
