using System.Buffers;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Usage.Core;
using Usage.Core.Changes;
using Usage.Core.Ids;
using Usage.Storage.Runs;

namespace Usage.Storage.Changes;

/// <summary>
/// What one partition of a run writes, told ahead: a piece is here before the first transaction of it is sent, and the next one, or the
/// end, says that all of it is written. Who continues after a crash finds the last piece and writes what of it is missing. It is only
/// ever added to, each time at the place where the last look found its end: of two that work on the same partition, one is told so, and
/// nothing is added behind the end, however late.
/// </summary>
public sealed class WriteLog
{
    /// <summary>As much as the service takes at once in any version.</summary>
    private const int MaxAppend = 4 << 20;

    private readonly AppendBlobClient _blob;
    private readonly int _partition;
    private readonly LogHeader _header;
    private readonly List<LogPiece> _pieces = [];
    private long _length;
    private bool _headed;

    private WriteLog(AppendBlobClient blob, int partition, LogHeader header) => (_blob, _partition, _header) = (blob, partition, header);

    /// <summary>In the order in which they were written.</summary>
    public IReadOnlyList<LogPiece> Pieces => _pieces;

    /// <summary>Nothing more is written.</summary>
    public bool IsClosed { get; private set; }

    internal static async Task<WriteLog> OpenAsync(
        RunBlobs blobs, RunId run, int partition, LogHeader header, CancellationToken cancellationToken)
    {
        var log = new WriteLog(blobs.Append(run, Name(partition)), partition, header);
        try
        {
            var isNew = new AppendBlobCreateOptions { Conditions = new AppendBlobRequestConditions { IfNoneMatch = ETag.All } };
            await log._blob.CreateAsync(isNew, cancellationToken);
        }
        catch (RequestFailedException exists) when (exists.Status is 409 or 412)
        {
            await log.ReloadAsync(cancellationToken);
        }

        return log;
    }

    /// <param name="copy">As <see cref="LogPiece.Copy"/> has it.</param>
    internal static string Name(int partition, string? copy = null) =>
        copy is null ? $"{RunBlobs.Changes}{partition}" : $"{RunBlobs.Changes}{partition}.{copy}";

    /// <returns>False: somebody else has added to it meanwhile; look again at the pieces and at the end.</returns>
    public async Task<bool> TryAppendAsync(IReadOnlyList<GroupWrites> groups, CancellationToken cancellationToken)
    {
        var packed = new WritesWriter();
        foreach (var group in groups) packed.Add(group);
        return await TryAppendAsync(LogFrames.Piece, packed.Packed, cancellationToken);
    }

    /// <summary>The last piece is written.</summary>
    /// <param name="without">Groups of it, by their places, that Azure refuses.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task CloseAsync(IReadOnlyList<int> without, CancellationToken cancellationToken)
    {
        var end = JsonSerializer.SerializeToUtf8Bytes(new LogEnd(without), CoreJson.Options);
        while (!IsClosed) await TryAppendAsync(LogFrames.End, end, cancellationToken);
    }

    public async Task<IReadOnlyList<GroupWrites>> ReadAsync(int piece, CancellationToken cancellationToken)
    {
        var range = new BlobDownloadOptions { Range = new HttpRange(_pieces[piece].Offset, _pieces[piece].Length) };
        var content = (await _blob.DownloadContentAsync(range, cancellationToken)).Value.Content.ToMemory();
        return Groups(LogFrames.Read(content).Single().Bytes);
    }

    internal static IReadOnlyList<GroupWrites> Groups(ReadOnlyMemory<byte> piece)
    {
        var (reader, groups) = (new WritesReader(piece), new List<GroupWrites>());
        while (reader.Next() is { } group) groups.Add(group);
        return groups;
    }

    private async Task<bool> TryAppendAsync(byte record, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var frames = new ArrayBufferWriter<byte>(bytes.Length + 1024);
        if (!_headed) LogFrames.Write(frames, LogFrames.Header, JsonSerializer.SerializeToUtf8Bytes(_header, CoreJson.Options));
        LogFrames.Write(frames, record, bytes.Span);
        var (from, written) = (_length, frames.WrittenMemory);
        try
        {
            for (var at = 0; at < written.Length; at += MaxAppend)
            {
                var part = written.Slice(at, Math.Min(MaxAppend, written.Length - at));
                var condition = new AppendBlobRequestConditions { IfAppendPositionEqual = from + at };
                await _blob.AppendBlockAsync(
                    BinaryData.FromBytes(part).ToStream(), new AppendBlobAppendBlockOptions { Conditions = condition }, cancellationToken);
            }
        }
        catch (RequestFailedException moved) when (moved.Status == 412)
        {
            // Also where it was this one that was added, and its answer got lost.
            var tail = await ReloadAsync(cancellationToken);
            return tail.Length >= from + written.Length && tail.Slice((int)from, written.Length).Span.SequenceEqual(written.Span);
        }

        Note(written, from);
        return true;
    }

    private async Task<ReadOnlyMemory<byte>> ReloadAsync(CancellationToken cancellationToken)
    {
        var content = (await _blob.DownloadContentAsync(cancellationToken)).Value.Content.ToMemory();
        _pieces.Clear();
        (_headed, IsClosed) = (false, false);
        Note(content, 0);
        return content;
    }

    private void Note(ReadOnlyMemory<byte> added, long from)
    {
        _length = from + added.Length;
        foreach (var (record, start, end, bytes) in LogFrames.Read(added))
        {
            if (record == LogFrames.Header) _headed = true;
            else if (record == LogFrames.Piece) _pieces.Add(Piece(from + start, end - start, Groups(bytes)));
            else if (record == LogFrames.End)
            {
                IsClosed = true;
                var without = JsonSerializer.Deserialize<LogEnd>(bytes.Span, CoreJson.Options)!.Without;
                if (without.Count > 0) _pieces[^1] = _pieces[^1] with { Without = without };
            }
        }
    }

    private LogPiece Piece(long offset, int length, IReadOnlyList<GroupWrites> groups) =>
        new(_partition, offset, length, groups.Min(group => group.Block), groups.Max(group => group.Block)) { Span = LogSpan.Of(groups) };

    private sealed record LogEnd(IReadOnlyList<int> Without);
}
