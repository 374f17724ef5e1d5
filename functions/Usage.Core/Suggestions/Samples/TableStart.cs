using System.Text;
using Usage.Core.Files;
using Usage.Core.Files.Planning;
using Usage.Core.Files.Sources;
using Usage.Core.Issues;
using Usage.Core.Suggestions.Columns;

namespace Usage.Core.Suggestions.Samples;

/// <summary>Where the table of a sample begins.</summary>
/// <param name="Header">The row that names the columns.</param>
/// <param name="Named">False: that row is one of data, for want of another.</param>
internal sealed record TableStart(char Delimiter, SampleRow Header, bool Named)
{
    private const int JudgedRows = 200;

    /// <summary>As many as an import looks through for the header.</summary>
    private const int HeaderRows = 50;

    /// <param name="name">Its ending hints at tabs.</param>
    /// <param name="headerRow">The header's line; null: it is found out.</param>
    /// <exception cref="FileRejectedException">No row begins in that line, or none at all.</exception>
    public static TableStart Find(ReadOnlyMemory<byte> text, string name, int? headerRow)
    {
        var hint = FoundDialect.HintIn(text.Span);
        var delimiter = hint ?? Dialect.Delimiters.OrderByDescending(one => Share(text, one))
            .ThenByDescending(one => one == '\t' && FileNames.HintsAtTabs(name)).First();
        var rows = SampleRow.Read(text, delimiter, Math.Max(HeaderRows, headerRow ?? 0)).Skip(hint is null ? 0 : 1).ToList();
        if (rows.Count == 0)
            throw new FileRejectedException(
                IssueCode.EmptyFile, "the file: found nothing but white space and delimiters, expected a header row");
        if (headerRow is { } line)
            return new TableStart(delimiter, rows.Find(row => row.Line == line) ?? throw NoRow(rows, line), Named: true);
        var width = Width(rows).Width;
        var first = rows.FindIndex(row => row.Cells.Length >= width && LooksLikeData(row));
        var above = (first < 0 ? rows : rows.Take(first)).Where(row => row.Cells.Length >= width).ToList();
        return above.Count > 0
            ? new TableStart(delimiter, above.OrderByDescending(row => Names(row)).First(), Named: true)
            : new TableStart(delimiter, rows[Math.Max(0, first)], Named: false);
    }

    private static FileRejectedException NoRow(List<SampleRow> rows, int line) =>
        rows.Exists(row => row.LastLine > line)
            ? HeaderRules.NoRow(line, rows.FindLast(row => row.Line < line && row.LastLine >= line)?.Line) : HeaderRules.NoLine(line);

    /// <summary>How many of the rows have as many cells as most have and, where that leaves it open, how many cells these are.</summary>
    private static double Share(ReadOnlyMemory<byte> text, char delimiter)
    {
        var rows = SampleRow.Read(text, delimiter, JudgedRows).ToList();
        var (width, count) = Width(rows);
        return width < 2 ? 0 : ((double)count / rows.Count) + (Math.Min(width, 1000) / 1e6);
    }

    private static (int Width, int Count) Width(List<SampleRow> rows)
    {
        var most = rows.Where(row => row.Cells.Length > 1).GroupBy(row => row.Cells.Length)
            .OrderByDescending(same => same.Count()).ThenByDescending(same => same.Key).FirstOrDefault();
        return most is null ? (1, rows.Count) : (most.Key, most.Count());
    }

    private static int Names(SampleRow row) => row.Cells.Where(cell => cell.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Count();

    private static bool LooksLikeData(SampleRow row) =>
        row.Cells.Any(cell => cell.Length > 0 && IsNumberOrDate(Encoding.UTF8.GetBytes(cell))) && HeaderDates.Find(row.Cells) is null;

    private static bool IsNumberOrDate(byte[] cell) =>
        NumericCell.Of(cell).IsNumber || DateForm.All.Any(form => !form.Digits && form.Read(cell, out _));
}
