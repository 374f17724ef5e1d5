using Usage.Core.Files.Kinds;
using Usage.Core.Files.Reading;
using Usage.Core.Files.Sources;
using Usage.Core.Files.Sources.Gzip;
using Usage.Core.Files.Workbooks;
using Usage.Core.Values;

namespace Usage.Core.Files.Planning;

/// <summary>A dropped file as UTF-8 text: measured, unpacked, transcoded, and staged where the batches need a copy.</summary>
internal sealed class FileSource : IAsyncDisposable
{
    private const int GzipBytes = 2;
    private const int HeadBytes = 1 << 16;
    private const int SampleBytes = 1 << 18;

    private readonly MeasuredStream _file;
    private readonly EndPadding _padding;
    private readonly StagingStream? _stage;

    private FileSource(Content content, EndPadding padding, StagingStream? stage)
    {
        (_file, Encoding, IsWorkbook) = (content.File, content.Encoding, content.IsWorkbook);
        _padding = padding;
        _stage = stage;
        Text = (Stream?)stage ?? padding;
    }

    /// <summary>From behind the byte order mark on, without what pads its end.</summary>
    public Stream Text { get; private set; }

    /// <summary>The first of the text; all of it when the file is small.</summary>
    public ReadOnlyMemory<byte> Sample { get; private set; }

    public FileEncoding Encoding { get; }

    /// <summary>The text is a sheet's: see <see cref="FilePlan.Typed"/>.</summary>
    public bool IsWorkbook { get; }

    public bool Staged => _stage is not null;

    public long Bytes => _file.Total;

    /// <summary>Where the text starts in the blob that the batches are ranges of.</summary>
    public long TextStart => Staged ? 0 : Encoding.MarkLength;

    /// <summary>Known when all of it has been read.</summary>
    public long TextEnd => TextStart + _padding.Passed;

    /// <param name="found">The encoding that an earlier pass has found out.</param>
    public static async Task<FileSource> OpenAsync(FileOpening opening, Charset? found, CancellationToken cancellationToken)
    {
        var file = new MeasuredStream(await opening.Open(cancellationToken), opening.Limits.MaxFileBytes, opening.BytesRead);
        Stream open = file;
        try
        {
            var start = await ReadHeadAsync(open, GzipBytes, cancellationToken);
            open = new PrefixedStream(start, open);
            var packed = FileKind.IsGzip(start.Span);
            if (packed) open = new UnpackedStream(open, opening.Limits.MaxUnpackedBytes);
            var head = await ReadHeadAsync(open, HeadBytes, cancellationToken);
            if (!packed && FileKind.MayBeWorkbook(head.Span))
            {
                var sheet = await OpenWorkbookAsync(file, head, opening, cancellationToken);
                var utf8 = new FileEncoding(Charset.Utf8, 0, Sure: true);
                return await StartAsync(new Content(file, sheet, utf8, IsWorkbook: true, Staged: true), opening, cancellationToken);
            }

            var declared = Declared(head.Span, opening.Format);
            FileKind.Check(head.Span, declared);
            var encoding = found is { } charset ? new FileEncoding(charset, 0, Sure: true) : FileEncoding.Of(head.Span, declared);
            open = new PrefixedStream(head[encoding.MarkLength..], open);
            if (!encoding.Sure) open = new Utf8Guard(open);
            if (encoding.Transcoder is { } transcoder) open = new TranscodingStream(open, transcoder);
            var staged = packed || encoding.Charset != Charset.Utf8;
            return await StartAsync(new Content(file, open, encoding, IsWorkbook: false, staged), opening, cancellationToken);
        }
        catch
        {
            await open.DisposeAsync();
            throw;
        }
    }

    /// <summary>Completes the staged copy.</summary>
    /// <returns>The SHA-256 of the file as it was dropped.</returns>
    public async Task<string> CompleteAsync(CancellationToken cancellationToken)
    {
        if (_stage is not null) await _stage.CompleteAsync(cancellationToken);
        return await _file.ReadToEndAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Text.DisposeAsync();
        // Of a workbook, it isn't what the text is read from.
        await _file.DisposeAsync();
    }

    /// <summary>
    /// A workbook is read by ranges, from a stream of its own. The file is read to its end before, so that it isn't held open all the time.
    /// </summary>
    private static async Task<Stream> OpenWorkbookAsync(
        MeasuredStream file, ReadOnlyMemory<byte> head, FileOpening opening, CancellationToken cancellationToken)
    {
        var workbook = Workbook.Open(await opening.Open(cancellationToken), head.Span, opening.Limits);
        try
        {
            var sheet = workbook.Choose(opening.Format.Sheet);
            await file.ReadToEndAsync(cancellationToken);
            return await WorkbookText.OpenAsync(workbook, sheet, opening.Limits, cancellationToken);
        }
        catch
        {
            workbook.Dispose();
            throw;
        }
    }

    private static async Task<FileSource> StartAsync(Content content, FileOpening opening, CancellationToken cancellationToken)
    {
        var padding = new EndPadding(content.Utf8);
        Stream open = padding;
        try
        {
            StagingStream? stage = null;
            if (content.Staged) open = stage = new StagingStream(open, await opening.CreateStage(cancellationToken));
            var source = new FileSource(content, padding, stage);
            source.Sample = await ReadHeadAsync(open, SampleBytes, cancellationToken);
            source.Text = new PrefixedStream(source.Sample, open);
            return source;
        }
        catch
        {
            await open.DisposeAsync();
            throw;
        }
    }

    /// <summary>A mended file is UTF-8 whatever is declared, unless a spreadsheet saved it in another encoding.</summary>
    private static string? Declared(ReadOnlySpan<byte> head, FileFormat format) =>
        SampleRecords.RejectedDelimiter(head) is not null && format.Encoding?.ToLowerInvariant() != "utf-8" ? null : format.Encoding;

    private static async Task<ReadOnlyMemory<byte>> ReadHeadAsync(Stream stream, int bytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[bytes];
        var read = await stream.ReadAtLeastAsync(buffer, bytes, throwOnEndOfStream: false, cancellationToken);
        return buffer.AsMemory(0, read);
    }

    /// <param name="Utf8">The text, from behind the byte order mark on.</param>
    private readonly record struct Content(MeasuredStream File, Stream Utf8, FileEncoding Encoding, bool IsWorkbook, bool Staged);
}

/// <summary>Where a file comes from and what is known of it before it is read.</summary>
internal sealed record FileOpening(
    string Name,
    Func<CancellationToken, Task<Stream>> Open,
    Func<CancellationToken, Task<Stream>> CreateStage,
    FileFormat Format,
    FileLimits Limits,
    IProgress<long>? BytesRead);
