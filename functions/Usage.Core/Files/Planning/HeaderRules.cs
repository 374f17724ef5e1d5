using Usage.Core.Files.Reading;
using Usage.Core.Files.Shapes;
using Usage.Core.Files.Sources;
using Usage.Core.Issues;
using Usage.Core.Values.Columns;
using Usage.Core.Values.Dates;
using static System.FormattableString;

namespace Usage.Core.Files.Planning;

/// <summary>What must hold of a header: every mapped column is there, once, and there are not too many.</summary>
internal static class HeaderRules
{
    private const int MaxNamed = 50;
    private const string Expected = "expected the header there (the integration's file.headerRow)";

    public static void Check(IReadOnlyList<string> header, WantedColumns wanted, char delimiter, FileLimits limits)
    {
        if (header.Count > limits.MaxColumns)
            throw new FileRejectedException(IssueCode.TooManyColumns,
                Invariant($"header: found {header.Count} columns, expected at most {limits.MaxColumns} (limit MaxColumns)"));
        var columns = new ColumnMap(header);
        var dates = wanted.DateFormats.Select(format => (Format: format, Columns: DateHeader.Find(header, format))).ToList();
        var missing = wanted.Named.Where(column => columns.Find(column) < 0)
            .Select(column => new IssueSample(null, CellText.Name(column.Names[0]), null, column.ToString()))
            .Concat(dates.Where(date => date.Columns.Count == 0).Select(date =>
                new IssueSample(null, date.Format, null, $"a column called by a date as {DateWords.Shown(date.Format)}")))
            .ToList();
        if (missing.Count > 0) throw Missing(header, missing, delimiter);
        var again = dates.SelectMany(date => date.Columns.GroupBy(column => column.Date)).Where(same => same.Count() > 1).ToList();
        if (again.Count > 0) throw Again(again);
        var twice = wanted.Named
            .Where(column => columns.Found(column) is { Count: > 1 } || columns.IsTwice(columns.NameOf(column))).ToList();
        if (twice.Count > 0) throw Twice(header, twice, columns);
    }

    /// <summary>The declared line of the header lies behind the file's end.</summary>
    public static FileRejectedException NoLine(int line) => new(IssueCode.MissingColumn,
        Invariant($"header: found the file's end before line {line}, {Expected}"));

    /// <summary>No row begins on the declared line.</summary>
    /// <param name="begun">The line on which a row begins that is still going on there; null: nothing is on it.</param>
    public static FileRejectedException NoRow(int line, long? begun) => new(IssueCode.MissingColumn, begun is null
        ? Invariant($"header: found nothing on line {line}, {Expected}")
        : Invariant($"header: found line {line} to be inside of the row that begins on line {begun}, {Expected}"));

    private static FileRejectedException Missing(IReadOnlyList<string> header, List<IssueSample> missing, char delimiter)
    {
        var found = $"found the columns {Names(header)} (delimiter {Dialect.Shown(delimiter)})";
        var message = $"header: {found}, expected {Limited([.. missing.Select(column => column.Message)])} too";
        return new FileRejectedException(IssueCode.MissingColumn, message, [FileRejectedException.Issue(IssueCode.MissingColumn,
            [.. missing.Select(column => column with { Message = $"header: {found}, expected {column.Message} too" })])]);
    }

    private static FileRejectedException Again(List<IGrouping<DateOnly, DateHeader>> again)
    {
        var samples = again.Select(same => new IssueSample(null, same.First().Name, null,
            $"header: found {string.Join(" and ", same.Select(Shown))}, expected one column for "
            + Invariant($"{same.Key:yyyy-MM-dd}"))).ToList();
        return new FileRejectedException(IssueCode.DuplicateColumn, string.Join("; ", samples.Select(sample => sample.Message)),
            [FileRejectedException.Issue(IssueCode.DuplicateColumn, samples)]);

        static string Shown(DateHeader column) => Invariant($"\"{CellText.Shown(column.Name)}\" as column {column.Column + 1}");
    }

    private static FileRejectedException Twice(IReadOnlyList<string> header, List<ColumnNames> twice, ColumnMap columns)
    {
        var samples = twice.Select(column => new IssueSample(null, columns.NameOf(column), null, Sentence(columns.Found(column)))).ToList();
        return new FileRejectedException(IssueCode.DuplicateColumn, string.Join("; ", samples.Select(s => s.Message)),
            [FileRejectedException.Issue(IssueCode.DuplicateColumn, samples)]);

        string Sentence(IReadOnlyList<string> names)
        {
            var places = Enumerable.Range(0, header.Count).Where(i => names.Contains(header[i], StringComparer.OrdinalIgnoreCase));
            var found = string.Join(" and ", names.Select(name => $"\"{CellText.Shown(name)}\""));
            return $"header: found {found} as columns {string.Join(", ", places.Select(i => i + 1))}, "
                + $"expected {(names.Count > 1 ? "one of them" : "it once")}, since it is mapped";
        }
    }

    private static string Names(IReadOnlyList<string> names) => Limited([.. names.Select(name => $"\"{CellText.Shown(name)}\"")]);

    private static string Limited(List<string> shown)
    {
        var named = string.Join(", ", shown.Take(MaxNamed));
        return shown.Count > MaxNamed ? Invariant($"{named} and {shown.Count - MaxNamed} more") : named;
    }
}
