using Usage.Core.Files.Sources;

namespace Usage.Core.Files.Kinds;

/// <summary>
/// Encodings that aren't read: UTF-32, UTF-16 that neither a mark nor the integration tells, and others where it tells UTF-16.
/// </summary>
internal static class UnicodeKinds
{
    private const int Looked = 1024;

    private static readonly Found Utf32 = new("text in UTF-32", "save it as CSV in UTF-8");

    internal static readonly Found Utf16 =
        new("text in UTF-16 without a byte order mark", "declare utf-16 as the integration's file.encoding, or save it as CSV in UTF-8");

    private const string Declared = "UTF-16, which the integration declares (file.encoding)";
    private const string Undeclare = "declare null or what it is, or save the file as UTF-16";

    public static Found? Of(ReadOnlySpan<byte> head, bool utf16Declared)
    {
        if (head is [0xff, 0xfe, 0, 0, ..] or [0, 0, 0xfe, 0xff, ..]) return Utf32;
        if (head is [0xff, 0xfe, ..] or [0xfe, 0xff, ..] || head.StartsWith("\uFEFF"u8)) return null;
        if (!utf16Declared && Utf16Evidence.IsNothingElse(head)) return Utf16;
        head = head.TrimEnd((byte)0);
        // A delimiter or a line ending has a NUL in UTF-16.
        if (utf16Declared && !head.IsEmpty && !head.Contains((byte)0)) return Single(head);
        head = head[..Math.Min(head.Length, Looked)];
        Span<int> zeros = stackalloc int[4];
        for (var i = 0; i < head.Length; i++)
            if (head[i] == 0) zeros[i & 3]++;
        var groups = head.Length / 4;
        // ASCII has three zeros a character in UTF-32, one in UTF-16.
        if (groups > 1 && Most(zeros[1]) && (Most(zeros[2]) && zeros[0] == 0 || Most(zeros[0]) && zeros[3] == 0)) return Utf32;
        var (even, odd) = (zeros[0] + zeros[2], zeros[1] + zeros[3]);
        var (few, many) = (Math.Min(even, odd), Math.Max(even, odd));
        // A header begins with a letter of Latin, or a quote. Some NULs in rows are broken rows.
        var starts = head is [0, not 0, ..] or [not 0, 0, ..];
        return !utf16Declared && starts && many > 1 && many * 20 >= head.Length && few * 20 <= many ? Utf16 : null;

        bool Most(int count) => count * 10 >= groups * 9;
    }

    private static Found Single(ReadOnlySpan<byte> head)
    {
        var evidence = new Utf8Evidence();
        evidence.Add(head);
        var isUtf8 = evidence.IsUtf8 || evidence.Broken is null;
        return new(isUtf8 ? "text in UTF-8" : "text of one byte a character", Undeclare, Declared);
    }
}
