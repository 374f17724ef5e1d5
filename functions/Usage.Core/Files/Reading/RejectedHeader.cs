namespace Usage.Core.Files.Reading;

internal static class RejectedHeader
{
    /// <summary>Whether a text's first record is, with commas, a rejected file's header.</summary>
    public static bool StartsIn(ReadOnlySpan<byte> text)
    {
        // Nearly no file has it, and then looking for it is all that is done.
        if (text.IndexOf("_row"u8) < 0 && text.IndexOf("_ROW"u8) < 0) return false;
        return ReservedColumns.Mark(SampleRecords.Read(text.ToArray(), ',').Header);
    }
}
