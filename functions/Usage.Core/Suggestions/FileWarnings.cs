using Usage.Core.Integrations.Rules;
using Usage.Core.Issues;
using Usage.Core.Suggestions.Reasons;
using Usage.Core.Suggestions.Samples;
using Usage.Core.Values;
using static System.FormattableString;

namespace Usage.Core.Suggestions;

/// <summary>What a person should know of the file itself.</summary>
internal static class FileWarnings
{
    public static IEnumerable<SuggestionWarning> Of(SampleBytes bytes, SampleText text, SampleFacts facts, FileFormat said)
    {
        if (!bytes.Complete)
            yield return new("not-read-to-the-end", Invariant($"the first {bytes.Head.Length} bytes ")
                + (bytes.Packed ? "of what the file unpacks to" : Invariant($"and the last {bytes.Tail.Length}"))
                + " were looked at, and not the whole file: a test run reads all of it");
        if (said.Sheet is not null && bytes.Workbook is null)
            yield return new("no-workbook", "a sheet was asked for, and the file is no workbook: it was read as it is");
        if (text.Guessed)
            yield return new(IssueCode.ReadAsWindows1252, "some bytes are not UTF-8, so the file was read as Windows-1252; "
                + "declare the integration's file.encoding if it is another");
        if (!facts.Table.Start.Named)
            yield return new("no-header", Invariant($"no row names the columns: line {facts.Table.Start.Header.Line} was taken for the ")
                + "header, although it looks like a row of data; add a header to the file");
        foreach (var name in facts.Table.Header.Where(name => name.Length > 0).GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
            .Where(same => same.Count() > 1).Select(same => same.Key))
            yield return new(IssueCode.DuplicateColumn, $"\"{CellText.Shown(name)}\" is in the header more than once, and can't be mapped");
        foreach (var name in facts.Table.Header.Where(name => name.Length > ColumnRoleRules.MaxLength))
            yield return new("name-too-long", $"\"{CellText.Shown(name)}\" has {name.Length} characters, and can't be mapped: "
                + Invariant($"a column's name has at most {ColumnRoleRules.MaxLength}"));
        foreach (var column in facts.Usable)
            if (column.Clash is { } clash)
                yield return new(IssueCode.DateOrderContradicted, $"\"{CellText.Shown(column.Name)}\" has dates in both orders of day and "
                    + Invariant($"month: row {clash.DayFirstRow} \"{CellText.Shown(clash.DayFirst)}\" can only be day first, ")
                    + Invariant($"row {clash.MonthFirstRow} \"{CellText.Shown(clash.MonthFirst)}\" only month first. ")
                    + "As the date of its rows such a file is refused: have it written in one order");
        foreach (var broken in facts.Broken.Take(1))
            yield return new(broken.Code, $"{broken.Message}{(facts.Broken.Count > 1 ? "; other rows are broken too" : "")}");
    }
}
