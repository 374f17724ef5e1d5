using Usage.Core.Files.Sources;
using Usage.Core.Integrations.Columns;
using Usage.Core.Issues;
using static System.FormattableString;

namespace Usage.Core.Files.Planning;

/// <summary>What must hold of a header: every mapped column is there, once, and there are not too many.</summary>
internal static class HeaderRules
{
    private const int MaxNamed = 50;

    public static void Check(IReadOnlyList<string> header, IReadOnlyList<ColumnNames> mapped, char delimiter, FileLimits limits)
    {
        if (header.Count > limits.MaxColumns)
            throw new FileRejectedException(IssueCode.TooManyColumns,
                Invariant($"header: found {header.Count} columns, expected at most {limits.MaxColumns} (limit MaxColumns)"));
        var columns = new ColumnMap(header);
        var missing = mapped.Where(column => columns.Find(column) < 0).ToList();
        if (missing.Count > 0) throw Missing(header, missing, delimiter);
        var twice = mapped.Where(column => columns.Found(column) is { Count: > 1 } || columns.IsTwice(columns.NameOf(column))).ToList();
        if (twice.Count > 0) throw Twice(header, twice, columns);
    }

    /// <summary>The declared line of the header lies behind the file's end.</summary>
    public static FileRejectedException NoLine(int line) => new(IssueCode.MissingColumn,
        Invariant($"header: found the file's end before line {line}, expected the header there (the integration's file.headerRow)"));

    private static FileRejectedException Missing(IReadOnlyList<string> header, List<ColumnNames> missing, char delimiter)
    {
        var found = $"found the columns {Names(header)} (delimiter {Dialect.Shown(delimiter)})";
        var wanted = missing.Select(column => column.ToString()).ToList();
        var message = $"header: {found}, expected {Limited(wanted)} too";
        return new FileRejectedException(IssueCode.MissingColumn, message, [FileRejectedException.Issue(IssueCode.MissingColumn,
            [.. missing.Select(column =>
                new IssueSample(null, CellText.Name(column.Names[0]), null, $"header: {found}, expected {column} too"))])]);
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
