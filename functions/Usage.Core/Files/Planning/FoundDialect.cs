using System.Text;
using Usage.Core.Files.Reading;
using Usage.Core.Integrations.Rules;
using Usage.Core.Values;

namespace Usage.Core.Files.Planning;

/// <summary>
/// Finds a file's delimiter: the declared one, that of a first line such as <c>sep=;</c>, or the one that fits the first rows best.
/// </summary>
/// <param name="HintLine">The first line is Excel's <c>sep=;</c> and no header.</param>
internal readonly record struct FoundDialect(char Delimiter, bool HintLine)
{
    /// <summary>That of the CSV that a workbook's sheet is read as.</summary>
    public static FoundDialect Workbook => new(',', HintLine: false);

    public static FoundDialect Of(ReadOnlyMemory<byte> text, string fileName, FileFormat format, WantedColumns wanted)
    {
        if (SampleRecords.RejectedDelimiter(text.Span) is { } mended) return new(mended, HintLine: false);
        var hint = HintIn(text.Span);
        return new(
            FileFormatRules.Delimiter(format.Delimiter) ?? hint ?? Guess(text, fileName, wanted, format.HeaderRow), hint is not null);
    }

    internal static char? HintIn(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart(" \t\r\n"u8);
        if (text.Length < 5 || !Encoding.ASCII.GetString(text[..4]).Equals("sep=", StringComparison.OrdinalIgnoreCase)) return null;
        var delimiter = (char)text[4];
        var end = text[5..];
        return Dialect.Delimiters.Contains(delimiter) && (end.IsEmpty || end[0] is (byte)'\r' or (byte)'\n') ? delimiter : null;
    }

    /// <summary>Decided by mapped names in the header, then by rows as long as the header, then by the file's name.</summary>
    private static char Guess(ReadOnlyMemory<byte> text, string fileName, WantedColumns wanted, int? headerRow)
    {
        var tabs = FileNames.HintsAtTabs(fileName);
        return Dialect.Delimiters
            .Select(delimiter => (delimiter, sample: SampleRecords.Read(text, delimiter, wanted, headerRow)))
            .OrderByDescending(c => wanted.In(c.sample.Header))
            .ThenByDescending(c => c.sample.Header.Count > 1)
            .ThenByDescending(c => c.sample.Rows == 0 ? 1 : (double)c.sample.RowsLikeHeader / c.sample.Rows)
            .ThenByDescending(c => tabs && c.delimiter == '\t')
            .ThenByDescending(c => c.sample.Header.Count)
            .First().delimiter;
    }
}
