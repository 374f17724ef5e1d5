using CsvHelper;
using Usage.Core.Files.Sources;

namespace Usage.Core.Files.Reading;

/// <summary>The first records of a file with one of the possible delimiters, to judge the delimiter by.</summary>
internal sealed record SampleRecords(IReadOnlyList<string> Header, int Rows, int RowsLikeHeader)
{
    private const int MaxRows = 100;

    public static SampleRecords Read(ReadOnlyMemory<byte> text, char delimiter)
    {
        using var csv = Open(text, delimiter);
        IReadOnlyList<string>? header = null;
        var rows = 0;
        var alike = 0;
        while (rows < MaxRows && csv.Read())
        {
            if (CellText.Trim(csv.RawRecord).IsEmpty) continue;
            if (header is null) header = Names(csv);
            else
            {
                rows++;
                if (csv.FieldCount == header.Count) alike++;
            }
        }
        return new SampleRecords(header ?? [], rows, alike);
    }

    /// <summary>Whether the first record is, with commas, the header of a rejected file.</summary>
    public static bool AreRejected(ReadOnlySpan<byte> text)
    {
        // Hardly any file has it, so that searching for it is all that is done.
        if (text.IndexOf("_row"u8) < 0 && text.IndexOf("_ROW"u8) < 0) return false;
        return ReservedColumns.Mark(Read(text.ToArray(), ',').Header);
    }

    public static IReadOnlyList<string> Names(CsvReader csv)
    {
        var names = new string[csv.FieldCount];
        for (var i = 0; i < names.Length; i++) names[i] = CellText.Name(csv.GetSpan(i));
        return names;
    }

    private static CsvReader Open(ReadOnlyMemory<byte> text, char delimiter) =>
        CsvReader.Create(new PrefixedStream("\n"u8.ToArray(), new PrefixedStream(text, Stream.Null)),
            new CsvReaderOptions { HasHeader = false, Separator = delimiter });
}
