namespace Usage.Core.Files.Sources;

internal enum Charset { Utf8, Utf16LittleEndian, Utf16BigEndian, Windows1252 }

/// <summary>A file's encoding, by its byte order mark or else as declared.</summary>
/// <param name="MarkLength">Bytes of the byte order mark.</param>
/// <param name="Sure">It is given by a mark or a declaration; otherwise UTF-8 is assumed until the bytes decide.</param>
internal readonly record struct FileEncoding(Charset Charset, int MarkLength, bool Sure)
{
    public string Name => Charset switch { Charset.Utf8 => "utf-8", Charset.Windows1252 => "windows-1252", _ => "utf-16" };

    public ITranscoder? Transcoder => Charset switch
    {
        Charset.Utf8 => null,
        Charset.Windows1252 => new Windows1252Transcoder(),
        _ => new Utf16Transcoder(Charset == Charset.Utf16BigEndian),
    };

    /// <param name="head">The file's first bytes, unpacked.</param>
    public static FileEncoding Of(ReadOnlySpan<byte> head, string? declared)
    {
        var mark = 0;
        // Tools that add a mark to what has one already write two.
        while (head[mark..].StartsWith("\uFEFF"u8)) mark += 3;
        if (mark > 0) return new(Charset.Utf8, mark, Sure: true);
        if (head.StartsWith((ReadOnlySpan<byte>)[0xff, 0xfe])) return new(Charset.Utf16LittleEndian, 2, Sure: true);
        if (head.StartsWith((ReadOnlySpan<byte>)[0xfe, 0xff])) return new(Charset.Utf16BigEndian, 2, Sure: true);
        return declared?.ToLowerInvariant() switch
        {
            "utf-16" => new(Utf16Evidence.IsBigEndian(head) ? Charset.Utf16BigEndian : Charset.Utf16LittleEndian, 0, Sure: true),
            "windows-1252" => new(Charset.Windows1252, 0, Sure: true),
            "utf-8" => new(Charset.Utf8, 0, Sure: true),
            _ => new(Charset.Utf8, 0, Sure: false),
        };
    }
}
