using Usage.Core.Files.Kinds;
using Usage.Core.Files.Sources;
using Usage.Core.Issues;

namespace Usage.Core.Suggestions.Samples;

/// <summary>A sample as UTF-8, without the byte order mark.</summary>
/// <param name="Tail">Whole lines.</param>
/// <param name="Encoding">As an integration declares it.</param>
/// <param name="Guessed">Nothing but the bytes speak for the encoding.</param>
internal sealed record SampleText(ReadOnlyMemory<byte> Head, ReadOnlyMemory<byte> Tail, string Encoding, bool Guessed)
{
    private const int KindBytes = 1 << 16;

    /// <exception cref="FileRejectedException">It is no text, or no CSV.</exception>
    public static SampleText Of(SampleBytes sample)
    {
        var head = sample.Head.Span;
        FileKind.Check(head[..Math.Min(head.Length, KindBytes)], declared: null);
        var encoding = FileEncoding.Of(head, declared: null);
        var guessed = !encoding.Sure && IsWindows1252(head, sample.Complete);
        if (guessed) encoding = new FileEncoding(Charset.Windows1252, 0, Sure: true);
        var text = Decode(encoding, sample.Head[encoding.MarkLength..]);
        if (sample.Complete) text = text[..text.Span.TrimEnd("\0\u001a"u8).Length];
        if (text.Span.Trim(" \t\r\n"u8).IsEmpty)
            throw new FileRejectedException(IssueCode.EmptyFile, "the file: found nothing but white space, expected a header row");
        return new SampleText(text, WholeLines(Decode(encoding, sample.Tail)), encoding.Name, guessed);
    }

    private static bool IsWindows1252(ReadOnlySpan<byte> head, bool complete)
    {
        var evidence = new Utf8Evidence();
        evidence.Add(head);
        if (complete) evidence.End();
        return !evidence.IsUtf8 && evidence.Broken is not null;
    }

    private static ReadOnlyMemory<byte> Decode(FileEncoding encoding, ReadOnlyMemory<byte> bytes)
    {
        if (encoding.Transcoder is not { } transcoder || bytes.IsEmpty) return bytes;
        const int Chunk = 1 << 15;
        using var text = new MemoryStream(bytes.Length);
        var room = new byte[Chunk * 3];
        for (var at = 0; at < bytes.Length;)
        {
            var length = Math.Min(Chunk, bytes.Length - at);
            var final = at + length == bytes.Length;
            text.Write(room, 0, transcoder.Transcode(bytes.Span.Slice(at, length), room, final, out var consumed));
            if (consumed == 0) break;
            at += consumed;
        }

        return text.GetBuffer().AsMemory(0, (int)text.Length);
    }

    private static ReadOnlyMemory<byte> WholeLines(ReadOnlyMemory<byte> tail)
    {
        var start = tail.Span.IndexOf((byte)'\n');
        return start < 0 ? default : tail[(start + 1)..];
    }
}
