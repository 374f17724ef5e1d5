using System.Text;
using Usage.Core.Files.Sources;
using Usage.Core.Issues;

namespace Usage.Core.Files.Kinds;

/// <summary>
/// What a file is, by its first bytes and never by its name: text that may be a CSV, gzip of it, or something else, which is refused with
/// what it is and what to do.
/// </summary>
internal static class FileKind
{
    private const int Looked = 4096;

    public static bool IsGzip(ReadOnlySpan<byte> start) => start is [0x1f, 0x8b, ..];

    /// <summary>An Excel workbook is a zip archive; whether an archive is one, only its directory says, which stands at its end.</summary>
    public static bool MayBeWorkbook(ReadOnlySpan<byte> head) => BinaryKinds.MayBeWorkbook(head);

    /// <summary>What is wrong with an archive that can't be opened, or holds no workbook.</summary>
    public static FileRejectedException NoWorkbook => Refused(BinaryKinds.Archive);

    /// <summary>An archive that begins so was meant to be an Office document, though it can't be opened.</summary>
    public static bool IsOffice(ReadOnlySpan<byte> head) => BinaryKinds.IsOffice(head);

    /// <param name="head">The file's first bytes, unpacked.</param>
    /// <param name="declared">The encoding that the integration declares.</param>
    public static void Check(ReadOnlySpan<byte> head, string? declared)
    {
        if (BinaryKinds.Of(head) is { } binary) throw Refused(binary);
        if (IsGzip(head)) throw Refused(new("gzip inside of gzip", "pack it once"));
        var isUtf16 = string.Equals(declared, "utf-16", StringComparison.OrdinalIgnoreCase);
        if (UnicodeKinds.Of(head, isUtf16) is { } unicode) throw Refused(unicode);
        var text = AsUtf8(head, FileEncoding.Of(head, declared));
        // A viewer takes it behind blank lines too.
        if (BinaryKinds.Of(text.TrimStart(" \t\r\n"u8)) is { } late) throw Refused(late);
        if (MarkupKinds.Of(text) is { } markup) throw Refused(markup);
        if (IsText(text)) return;
        var isUnmarked = !isUtf16 && Utf16Evidence.Is(head);
        throw Refused(isUnmarked ? UnicodeKinds.Utf16 : new("something that isn't text", "save it as CSV"));
    }

    public static FileRejectedException Refused(Found found) => new(IssueCode.NotACsv,
        $"the file: found {found.What}, expected {found.Expected}; {found.Remedy} and drop that");

    /// <summary>Without the mark. Other encodings than UTF-16 have ASCII in common, which is all that is looked at.</summary>
    private static ReadOnlySpan<byte> AsUtf8(ReadOnlySpan<byte> head, FileEncoding encoding)
    {
        var text = head[encoding.MarkLength..];
        if (encoding.Charset is not (Charset.Utf16BigEndian or Charset.Utf16LittleEndian)) return text;
        Encoding utf16 = encoding.Charset == Charset.Utf16BigEndian ? Encoding.BigEndianUnicode : Encoding.Unicode;
        return Encoding.UTF8.GetBytes(utf16.GetString(text[..Math.Min(text.Length, Looked)]));
    }

    /// <summary>Judged by the first line, since a row further down may be broken by itself.</summary>
    private static bool IsText(ReadOnlySpan<byte> text)
    {
        text = text[..EndPadding.TextIn(text)].TrimStart(" \t\r\n"u8);
        var end = text.IndexOfAny((byte)'\r', (byte)'\n');
        foreach (var b in end < 0 ? text : text[..end])
            if (b < 0x20 && b is not ((byte)'\t' or 0x0b or 0x0c)) return false;
        return true;
    }
}

/// <param name="What">As in "found a zip archive".</param>
/// <param name="Remedy">What makes a CSV of it, as in "unpack it".</param>
internal readonly record struct Found(string What, string Remedy, string Expected = "a CSV file, which is plain text");
