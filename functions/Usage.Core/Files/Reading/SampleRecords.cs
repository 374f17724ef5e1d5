using CsvHelper;
using Usage.Core.Files.Sources;

namespace Usage.Core.Files.Reading;

/// <summary>The first records of a file with one of the possible delimiters, to judge the delimiter by.</summary>
/// <param name="Header">The row that is the header, or is most like it.</param>
/// <param name="Rows">Looked at below it.</param>
internal sealed record SampleRecords(IReadOnlyList<string> Header, int Rows, int RowsLikeHeader)
{
    private const int MaxRows = 100;

    private static readonly char[] Delimiters = [',', ';', '\t'];

    private static readonly RowShape Any = new([], "", mended: false);

    /// <param name="headerRow">The header's line, where it is declared.</param>
    public static SampleRecords Read(ReadOnlyMemory<byte> text, char delimiter, WantedColumns wanted, int? headerRow)
    {
        using var csv = Open(text, delimiter);
        var search = new HeaderSearch(wanted, headerRow);
        var (counts, header) = (new List<int>(), -1);
        while (counts.Count <= MaxRows + Math.Max(header, 0) && csv.Read())
        {
            if (Any.IsPadding(csv)) continue;
            if (header < 0 && !search.Ended && search.Offer(Names(csv), csv.LineNumber - 1)) header = counts.Count;
            counts.Add(csv.FieldCount);
        }

        if (search.Best is not { } names) return new SampleRecords([], 0, 0);
        if (header < 0) header = search.BestPlace;
        return new SampleRecords(names, counts.Count - header - 1, counts.Skip(header + 1).Count(count => count == counts[header]));
    }

    /// <summary>
    /// With which delimiter the first record is the header of a rejected file: a comma, with which it was sent out, or one with which a
    /// spreadsheet has saved it.
    /// </summary>
    /// <returns>Null: it is no rejected file.</returns>
    public static char? RejectedDelimiter(ReadOnlySpan<byte> text)
    {
        if (!ReservedColumns.MayMark(text)) return null;
        var sample = text.ToArray();
        foreach (var delimiter in Delimiters)
            if (ReservedColumns.Mark(Read(sample, delimiter, WantedColumns.None, headerRow: null).Header)) return delimiter;
        return null;
    }

    public static IReadOnlyList<string> Names(CsvReader csv)
    {
        var names = new string[csv.FieldCount];
        for (var i = 0; i < names.Length; i++) names[i] = CellText.Name(csv.GetSpan(i));
        return names;
    }

    // An empty line in front keeps the reader from taking stray bytes for a byte order mark.
    private static CsvReader Open(ReadOnlyMemory<byte> text, char delimiter) =>
        CsvReader.Create(new PrefixedStream("\n"u8.ToArray(), new PrefixedStream(text, Stream.Null)),
            new CsvReaderOptions { HasHeader = false, Separator = delimiter, TrackLineNumbers = true });
}
