using CsvHelper;
using Usage.Core.Files.Reading;
using Usage.Core.Files.Sources;

namespace Usage.Core.Suggestions.Samples;

/// <summary>Records of a sample, as they stand in it, before it is known which of them is the header.</summary>
/// <param name="Line">As an editor shows it.</param>
/// <param name="LastLine">On which the record ends.</param>
/// <param name="Cells">Trimmed.</param>
internal sealed record SampleRow(long Line, long LastLine, string[] Cells, string Raw)
{
    private const int MaxRaw = 400;
    private const int MaxCell = 400;

    /// <summary>How many cells hold something.</summary>
    public int Filled => Cells.Count(cell => cell.Length > 0);

    /// <summary>Reads records that hold something; the last one of text that was cut may be half a record.</summary>
    public static IEnumerable<SampleRow> Read(ReadOnlyMemory<byte> text, char delimiter, int most)
    {
        // An empty line in front keeps the reader from taking stray bytes for a byte order mark.
        using var csv = CsvReader.Create(
            new PrefixedStream("\n"u8.ToArray(), new PrefixedStream(text, Stream.Null)),
            new CsvReaderOptions { HasHeader = false, Separator = delimiter, TrackLineNumbers = true });
        for (var count = 0; count < most && csv.Read();)
        {
            // A file may be millions of lines of padding.
            if (IsBlank(csv)) continue;
            count++;
            yield return Of(csv);
        }
    }

    private static bool IsBlank(CsvReader csv)
    {
        for (var i = 0; i < csv.FieldCount; i++)
            if (!CellText.Trim(csv.GetSpan(i)).IsEmpty) return false;
        return true;
    }

    private static SampleRow Of(CsvReader csv)
    {
        var cells = new string[csv.FieldCount];
        for (var i = 0; i < cells.Length; i++)
        {
            var cell = CellText.Trim(csv.GetSpan(i));
            cells[i] = System.Text.Encoding.UTF8.GetString(cell[..Math.Min(cell.Length, MaxCell)]);
        }

        var raw = CellText.Trim(csv.RawRecord);
        var line = csv.LineNumber - 1;
        var text = System.Text.Encoding.UTF8.GetString(raw[..Math.Min(raw.Length, MaxRaw)]);
        return new SampleRow(line, line + LineBreaks.In(csv.RawRecord), cells, text);
    }
}
