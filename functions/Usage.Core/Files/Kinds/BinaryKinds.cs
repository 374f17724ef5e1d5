namespace Usage.Core.Files.Kinds;

/// <summary>The signatures of what people drop by mistake.</summary>
internal static class BinaryKinds
{
    private const string Unpack = "unpack it (or pack the CSV with gzip)";
    private const string Save = "save it as CSV";
    private const string Export = "export the table as CSV";

    private static readonly (byte[] Start, string What, string Remedy)[] Signatures =
    [
        ([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], "an old Excel workbook (.xls), or one with a password", Save),
        ([0x09, 0x08, 0x10, 0x00], "an old Excel workbook (.xls)", Save),
        ([0x09, 0x08, 0x08, 0x00], "an old Excel workbook (.xls)", Save),
        ([0x09, 0x04, 0x06, 0x00], "an old Excel workbook (.xls)", Save),
        ([0x09, 0x02, 0x06, 0x00], "an old Excel workbook (.xls)", Save),
        ([.. "7z"u8, 0xbc, 0xaf, 0x27, 0x1c], "a 7z archive", Unpack),
        ([.. "Rar!"u8, 0x1a, 0x07], "a RAR archive", Unpack),
        ([0xfd, .. "7zXZ"u8, 0x00], "an xz archive", Unpack),
        ([0x28, 0xb5, 0x2f, 0xfd], "a zstd archive", Unpack),
        ([0x04, 0x22, 0x4d, 0x18], "an lz4 archive", Unpack),
        ([0x1f, 0x9d], "a compress (.Z) archive", Unpack),
        ([.. "%PDF-"u8], "a PDF document", Export),
        ([.. "PAR1"u8, 0x15], "a Parquet file", Save),
        ([.. "PAR1"u8, 0x00], "a Parquet file", Save),
        ([.. "Obj"u8, 0x01], "an Avro file", Save),
        ([.. "ORC"u8, 0x08], "an ORC file", Save),
        ([.. "ARROW1"u8, 0x00, 0x00], "an Arrow file", Save),
        ([.. "SQLite format 3"u8, 0x00], "an SQLite database", Export),
        ([0x89, .. "PNG\r\n"u8], "a PNG image", Export),
        ([0xff, 0xd8, 0xff], "a JPEG image", Export),
        ([.. "GIF87a"u8], "a GIF image", Export),
        ([.. "GIF89a"u8], "a GIF image", Export),
        ([.. "II*"u8, 0x00], "a TIFF image", Export),
        ([.. "MM"u8, 0x00, (byte)'*'], "a TIFF image", Export),
        ([.. "{\\rtf"u8], "a rich text document (RTF)", Export),
    ];

    internal static readonly Found Archive = new("a zip archive", Unpack);

    private static readonly Found Encrypted =
        new("an Excel workbook with a password (encrypted)", "take the password off in Excel, save it");

    /// <summary>The stream that holds what is encrypted, by its name.</summary>
    private static readonly byte[] EncryptedPackage = System.Text.Encoding.Unicode.GetBytes("EncryptedPackage");

    public static Found? Of(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith(Signatures[0].Start) && Has(head, EncryptedPackage)) return Encrypted;
        foreach (var (start, what, remedy) in Signatures)
            if (head.StartsWith(start)) return new Found(what, remedy);
        if (head is [(byte)'P', (byte)'K', 3, 4, ..] or [(byte)'P', (byte)'K', 5, 6, ..] or [(byte)'P', (byte)'K', 7, 8, ..])
            return Zip(head);
        if (head.StartsWith("BZh"u8) && head[4..].StartsWith("1AY&SY"u8)) return new Found("a bzip2 archive", Unpack);
        if (head.StartsWith("RIFF"u8) && head.Length > 12 && head[8..].StartsWith("WEBP"u8)) return new Found("a WebP image", Export);
        if (head.StartsWith("BM"u8) && head.Length > 10 && head[6..10].SequenceEqual<byte>([0, 0, 0, 0]))
            return new Found("a BMP image", Export);
        return head.Length > 262 && head[257..].StartsWith("ustar"u8) ? new Found("a tar archive", Unpack) : null;
    }

    /// <summary>A zip archive with files, and no other kind of it that is known.</summary>
    public static bool MayBeWorkbook(ReadOnlySpan<byte> head) =>
        head is [(byte)'P', (byte)'K', 3, 4, ..] && !Has(head, "opendocument.spreadsheet"u8);

    /// <summary>The first files of the archive are parts of an Office document.</summary>
    public static bool IsOffice(ReadOnlySpan<byte> head) =>
        Has(head, "[Content_Types].xml"u8) || Has(head, "_rels/.rels"u8) || Has(head, "xl/"u8) || Has(head, "docProps/"u8);

    /// <summary>One that wasn't opened: it is packed with gzip, or has no files.</summary>
    private static Found Zip(ReadOnlySpan<byte> head)
    {
        if (Has(head, "xl/work"u8) || Has(head, "xl/_rels"u8) || Has(head, "xl/styles"u8) || Has(head, "xl/shared"u8)
            || Has(head, "xl/theme"u8))
            return new Found("an Excel workbook (.xlsx) packed with gzip", "unpack it");
        if (Has(head, "opendocument.spreadsheet"u8)) return new Found("an OpenDocument spreadsheet (.ods)", Save);
        if (Has(head, "[Content_Types].xml"u8)) return new Found("an Office document (.xlsx or such) packed with gzip", "unpack it");
        return Archive;
    }

    private static bool Has(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name) => head.IndexOf(name) >= 0;
}
