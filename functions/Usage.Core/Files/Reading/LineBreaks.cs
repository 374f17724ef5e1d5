namespace Usage.Core.Files.Reading;

/// <summary>How many lines a record goes on for behind its first one.</summary>
internal static class LineBreaks
{
    /// <param name="record">As it stands in the file, with its own ending or without.</param>
    public static int In(ReadOnlySpan<byte> record)
    {
        record = record.TrimEnd("\r\n"u8);
        var breaks = record.Count((byte)'\n');
        for (var i = 0; i < record.Length; i++)
            if (record[i] == '\r' && record[i + 1] != '\n') breaks++;
        return breaks;
    }
}
