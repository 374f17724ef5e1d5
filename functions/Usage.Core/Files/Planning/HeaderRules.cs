using Usage.Core.Files.Sources;
using Usage.Core.Issues;
using static System.FormattableString;

namespace Usage.Core.Files.Planning;

/// <summary>What must hold of a header: every mapped column is there, once, and there are not too many.</summary>
internal static class HeaderRules
{
    private const int MaxNamed = 50;

    public static void Check(IReadOnlyList<string> header, IReadOnlyList<string> mapped, char delimiter, FileLimits limits)
    {
        if (header.Count > limits.MaxColumns)
            throw new FileRejectedException(IssueCode.TooManyColumns,
                Invariant($"header: found {header.Count} columns, expected at most {limits.MaxColumns} (limit MaxColumns)"));
        var columns = new ColumnMap(header);
        var missing = mapped.Where(name => columns.Find(name) < 0).ToList();
        if (missing.Count > 0) throw Missing(header, missing, delimiter);
        var twice = mapped.Where(columns.IsTwice).ToList();
        if (twice.Count > 0) throw Twice(header, twice);
    }

    /// <summary>The declared line of the header lies behind the file's end.</summary>
    public static FileRejectedException NoLine(int line) => new(IssueCode.MissingColumn,
        Invariant($"header: found the file's end before line {line}, expected the header there (the integration's file.headerRow)"));

    private static FileRejectedException Missing(IReadOnlyList<string> header, List<string> missing, char delimiter)
    {
        var found = $"found the columns {Names(header)} (delimiter {Dialect.Shown(delimiter)})";
        var message = $"header: {found}, expected {Names(missing)} too";
        return new FileRejectedException(IssueCode.MissingColumn, message, [FileRejectedException.Issue(IssueCode.MissingColumn,
            [.. missing.Select(name => new IssueSample(null, name, null, $"header: {found}, expected \"{CellText.Shown(name)}\" too"))])]);
    }

    private static FileRejectedException Twice(IReadOnlyList<string> header, List<string> twice)
    {
        var samples = twice.Select(name => new IssueSample(null, name, null, Sentence(name))).ToList();
        return new FileRejectedException(IssueCode.DuplicateColumn, string.Join("; ", samples.Select(s => s.Message)),
            [FileRejectedException.Issue(IssueCode.DuplicateColumn, samples)]);

        string Sentence(string name)
        {
            var places = Enumerable.Range(0, header.Count).Where(i => string.Equals(header[i], name, StringComparison.OrdinalIgnoreCase));
            var columns = string.Join(", ", places.Select(i => i + 1));
            return $"header: found \"{CellText.Shown(name)}\" as columns {columns}, expected it once, since it is mapped";
        }
    }

    private static string Names(IReadOnlyList<string> names)
    {
        var named = string.Join(", ", names.Take(MaxNamed).Select(name => $"\"{CellText.Shown(name)}\""));
        return names.Count > MaxNamed ? Invariant($"{named} and {names.Count - MaxNamed} more") : named;
    }
}
