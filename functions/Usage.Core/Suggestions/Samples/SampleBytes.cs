using System.Buffers;
using Usage.Core.Files;
using Usage.Core.Files.Kinds;
using Usage.Core.Files.Sources;
using Usage.Core.Files.Sources.Gzip;
using Usage.Core.Files.Workbooks;
using Usage.Core.Issues;
using Usage.Core.Values;

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

    /// <summary>Of the head: millions of lines of padding take their time too.</summary>
    private const int MaxLines = 2_000_000;

    /// <summary>That were looked at, unpacked.</summary>
    public long BytesRead => Workbook?.BytesRead ?? Head.Length + Tail.Length;

    /// <param name="file">
    /// Read to its end where it can't be sought in, so that whoever sends it is heard out; the caller limits it. A workbook is disposed of.
    /// </param>
    /// <param name="sheet">Of a workbook; null: the first visible one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="FileRejectedException">It is packed, and broken; or a workbook that is broken or too large to look
    /// into.</exception>
    public static async Task<SampleBytes> ReadAsync(Stream file, SheetChoice? sheet, CancellationToken cancellationToken)
    {
        var (head, packed) = await OpenAsync(file, MaxHead, cancellationToken);
        if (!packed && FileKind.MayBeWorkbook(head.Span)) return OfWorkbook(file, head, sheet, cancellationToken);
        var looked = LengthOfLines(head.Span[..Math.Min(head.Length, MaxHead)]);
        if (head.Length <= MaxHead) return new SampleBytes(head[..looked], default, packed, Complete: looked == head.Length);
        var before = head[MaxHead..];
        if (file.CanSeek && !packed && file.Length - MaxTail > file.Position)
            (before, file.Position) = (default, file.Length - MaxTail);
        var tail = packed && file.CanSeek ? default : await ReadTailAsync(file, before, cancellationToken);
        return new SampleBytes(head[..looked], packed ? default : tail, packed, Complete: false);
    }

    /// <summary>As much of it as is looked at.</summary>
    private static int LengthOfLines(ReadOnlySpan<byte> head)
    {
        var end = 0;
        for (var lines = 0; lines < MaxLines; lines++)
        {
            if (head[end..].IndexOf((byte)'\n') is >= 0 and var next) end += next + 1;
            else return head.Length;
        }

        return end;
    }

    /// <summary>Only the beginning.</summary>
    /// <param name="file">Seekable; a workbook is disposed of.</param>
    /// <param name="sheet">Of a workbook; null: the first visible one.</param>
    /// <param name="maxBytes">Unpacked, of what is no workbook.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <inheritdoc cref="ReadAsync"/>
    public static async Task<SampleBytes> ReadStartAsync(
        Stream file, SheetChoice? sheet, int maxBytes, CancellationToken cancellationToken)
    {
        var (head, packed) = await OpenAsync(file, maxBytes, cancellationToken);
        if (!packed && FileKind.MayBeWorkbook(head.Span)) return OfWorkbook(file, head, sheet, cancellationToken);
        return new SampleBytes(head[..Math.Min(head.Length, maxBytes)], default, packed, Complete: head.Length <= maxBytes);
    }

    private static async Task<(ReadOnlyMemory<byte> Head, bool Packed)> OpenAsync(
        Stream file, int maxBytes, CancellationToken cancellationToken)
    {
        var start = new byte[2];
        var length = await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        Stream whole = new PrefixedStream(start.AsMemory(0, length), file);
        var packed = FileKind.IsGzip(start.AsSpan(0, length));
        return (await ReadHeadAsync(packed ? new UnpackedStream(whole, long.MaxValue) : whole, maxBytes, cancellationToken), packed);
    }

    /// <summary>A workbook is found in from its end: one that can't be sought in has to be in memory, all of it.</summary>
    private static SampleBytes OfWorkbook(
        Stream file, ReadOnlyMemory<byte> head, SheetChoice? wanted, CancellationToken cancellationToken)
    {
        if (!file.CanSeek && head.Length > MaxHead)
            throw new FileRejectedException(IssueCode.FileTooLarge,
                $"the workbook: found more than {MaxHead:N0} bytes, expected at most so many to propose from; upload it first "
                + "(POST /api/uploads) and have it proposed from there, or send the sheet's first rows as a workbook or CSV of their own");
        var stream = file.CanSeek ? file : new MemoryStream(head.ToArray(), writable: false);
        var start = WorkbookStart.Read(stream, head.Span, wanted, new FileLimits(), MaxHead, cancellationToken);
        return new SampleBytes(start.Csv, default, Packed: false, start.Complete) { Workbook = start };
    }

    /// <summary>A byte more than the head may have, where there is one.</summary>
    private static async Task<ReadOnlyMemory<byte>> ReadHeadAsync(Stream stream, int maxBytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 16];
        var filled = 0;
        while (filled <= maxBytes)
        {
            if (filled == buffer.Length) Array.Resize(ref buffer, Math.Min(buffer.Length * 2, maxBytes + 1));
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
