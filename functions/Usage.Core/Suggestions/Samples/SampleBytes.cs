using System.Buffers;
using Usage.Core.Files;
using Usage.Core.Files.Kinds;
using Usage.Core.Files.Sources;
using Usage.Core.Files.Sources.Gzip;
using Usage.Core.Files.Workbooks;
using Usage.Core.Issues;

namespace Usage.Core.Suggestions.Samples;

/// <summary>The beginning of a file and, of a plain one that goes on, its end. What lies between is passed over.</summary>
/// <param name="Head">Unpacked.</param>
/// <param name="Tail">Empty where the head is all, or the file is packed.</param>
/// <param name="Complete">The head is the whole file.</param>
internal sealed record SampleBytes(ReadOnlyMemory<byte> Head, ReadOnlyMemory<byte> Tail, bool Packed, bool Complete)
{
    /// <summary>Whose rows the head has as CSV; null: it is none.</summary>
    public WorkbookStart? Workbook { get; private init; }

    public const int MaxHead = 16 << 20;
    public const int MaxTail = 64 << 10;

    /// <summary>That were looked at, unpacked.</summary>
    public long BytesRead => Workbook?.BytesRead ?? Head.Length + Tail.Length;

    /// <param name="file">Read to its end, so that whoever sends it is heard out; the caller limits it.</param>
    /// <exception cref="FileRejectedException">It is packed, and broken; or a workbook that is broken or too large to look
    /// into.</exception>
    public static async Task<SampleBytes> ReadAsync(Stream file, CancellationToken cancellationToken)
    {
        var start = new byte[2];
        var length = await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        Stream whole = new PrefixedStream(start.AsMemory(0, length), file);
        var packed = FileKind.IsGzip(start.AsSpan(0, length));
        var head = await ReadHeadAsync(packed ? new UnpackedStream(whole, long.MaxValue) : whole, cancellationToken);
        if (!packed && FileKind.MayBeWorkbook(head.Span)) return OfWorkbook(head, cancellationToken);
        if (head.Length <= MaxHead)
            return new SampleBytes(head, default, packed, Complete: true);
        var tail = await ReadTailAsync(packed ? file : whole, head[MaxHead..], cancellationToken);
        return new SampleBytes(head[..MaxHead], packed ? default : tail, packed, Complete: false);
    }

    /// <summary>A workbook is found in from its end, so all of it is needed.</summary>
    private static SampleBytes OfWorkbook(ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        if (file.Length > MaxHead)
            throw new FileRejectedException(IssueCode.FileTooLarge,
                $"the workbook: found more than {MaxHead:N0} bytes, expected at most so many to propose from; send the sheet's first rows "
                + "as a workbook or CSV of their own");
        var stream = new MemoryStream(file.ToArray(), writable: false);
        var start = WorkbookStart.Read(stream, file.Span, wanted: null, new FileLimits(), MaxHead, cancellationToken);
        return new SampleBytes(start.Csv, default, Packed: false, start.Complete) { Workbook = start };
    }

    /// <summary>A byte more than the head may have, where there is one.</summary>
    private static async Task<ReadOnlyMemory<byte>> ReadHeadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 16];
        var filled = 0;
        while (filled <= MaxHead)
        {
            if (filled == buffer.Length) Array.Resize(ref buffer, Math.Min(buffer.Length * 2, MaxHead + 1));
            var read = await stream.ReadAsync(buffer.AsMemory(filled), cancellationToken);
            if (read == 0) break;
            filled += read;
        }

        return buffer.AsMemory(0, filled);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadTailAsync(
        Stream stream, ReadOnlyMemory<byte> before, CancellationToken cancellationToken)
    {
        // Twice the tail, so that each byte is moved once only.
        var buffer = ArrayPool<byte>.Shared.Rent(MaxTail * 2);
        try
        {
            before.CopyTo(buffer);
            var filled = before.Length;
            while (await stream.ReadAsync(buffer.AsMemory(filled), cancellationToken) is > 0 and var read)
            {
                filled += read;
                if (filled < buffer.Length) continue;
                buffer.AsSpan(filled - MaxTail, MaxTail).CopyTo(buffer);
                filled = MaxTail;
            }

            return buffer.AsSpan(Math.Max(0, filled - MaxTail), Math.Min(filled, MaxTail)).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
