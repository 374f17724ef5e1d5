using System.IO.Compression;

namespace Usage.Core.Files.Sources.Gzip;

/// <summary>
/// GZipStream takes the end of truncated data for the end of the file. Therefore a small gzip member of our own is appended: its
/// content comes out last only when all members of the file are complete.
/// </summary>
internal static class GzipEnd
{
    public static ReadOnlySpan<byte> Content =>
        [0x9d, 0x02, 0xe7, 0x61, 0x00, 0xfe, 0x3b, 0xc4, 0x8a, 0x17, 0xf5, 0x50, 0x2c, 0xb9, 0x6e, 0xd3];

    public static ReadOnlyMemory<byte> Member { get; } = Pack();

    private static byte[] Pack()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.NoCompression)) gzip.Write(Content);
        return packed.ToArray();
    }
}
