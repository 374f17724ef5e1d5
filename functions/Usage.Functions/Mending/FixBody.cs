using Usage.Core;
using Usage.Core.Files;
using Usage.Core.Problems;

namespace Usage.Functions.Mending;

/// <summary>What is to be read otherwise in the rejected rows of a run.</summary>
public sealed record FixBody
{
    private const int MaxRules = 1_000;
    private const int MaxRows = 10_000;
    private const int MaxText = 32_767;

    /// <summary>Each becomes of a cell what it says, in all rejected rows where that was found.</summary>
    public IReadOnlyList<MendRule> Rules { get; init; } = [];

    public IReadOnlyList<MendedRow> Rows { get; init; } = [];

    /// <param name="header">Of the run's file.</param>
    /// <param name="rows">How many it has.</param>
    public IReadOnlyList<Problem> Validate(IReadOnlyList<string> header, long rows)
    {
        var (problems, columns) = (new ProblemList(), new ColumnMap(header));
        if (Rules.Count + Rows.Count == 0) problems.Wrong(ProblemCode.Required, "", "found no rule and no row, expected one at least");
        problems.AtMost("rules", Rules.Count, MaxRules, "rules");
        problems.AtMost("rows", Rows.Count, MaxRows, "rows");
        var found = new HashSet<(int, string)>();
        foreach (var (rule, i) in Rules.Take(MaxRules).Select((rule, i) => (rule, i)))
        {
            Column($"rules[{i}].column", rule.Column);
            Text($"rules[{i}].found", rule.Found);
            Cell($"rules[{i}].becomes", rule.Becomes);
            if (!string.IsNullOrWhiteSpace(rule.Column) && !found.Add((columns.Find(rule.Column), rule.Found.Trim())))
                problems.Wrong(
                    ProblemCode.Duplicate, $"rules[{i}].found",
                    $"found \"{CellText.Shown(rule.Found)}\" of \"{CellText.Shown(rule.Column)}\" again, expected one rule for it");
        }

        var seen = new HashSet<long>();
        foreach (var (row, i) in Rows.Take(MaxRows).Select((row, i) => (row, i)))
        {
            if (row.Row < 1 || row.Row > rows)
                problems.Wrong(ProblemCode.OutOfRange, $"rows[{i}].row", $"found {row.Row}, expected 1 to {rows}");
            else if (!seen.Add(row.Row))
                problems.Wrong(ProblemCode.Duplicate, $"rows[{i}].row", $"found row {row.Row} again, expected each once");
            if (row.Cells is not { Count: > 0 })
                problems.Wrong(ProblemCode.Required, $"rows[{i}].cells", "found no cell, expected one at least");
            var named = new Dictionary<int, string>();
            foreach (var (name, text) in row.Cells ?? new Dictionary<string, string>())
            {
                Column($"rows[{i}].cells.{name}", name);
                if (!string.IsNullOrWhiteSpace(name) && columns.Find(name) is >= 0 and var column && !named.TryAdd(column, name))
                    problems.Wrong(
                        ProblemCode.Duplicate, $"rows[{i}].cells.{name}",
                        $"found \"{CellText.Shown(name)}\", the column \"{CellText.Shown(named[column])}\" again, expected each once");
                Cell($"rows[{i}].cells.{name}", text);
            }
        }

        return problems.Problems;

        void Column(string path, string? name)
        {
            if (string.IsNullOrWhiteSpace(name) || columns.Find(name) < 0)
                problems.Wrong(ProblemCode.UnknownColumn, path, $"found \"{CellText.Shown(name ?? "")}\", expected a column of the file");
        }

        void Cell(string path, string? text)
        {
            Text(path, text);
            if (text?.Contains('\0', StringComparison.Ordinal) == true)
                problems.Wrong(
                    ProblemCode.Invalid, path, $"found \"{CellText.Shown(text)}\", expected no NUL: no cell of a file may have one");
        }

        void Text(string path, string? text)
        {
            if (text is null) problems.Wrong(ProblemCode.Required, path, "found nothing, expected a text");
            else if (text.Length > MaxText)
                problems.Wrong(ProblemCode.TooLong, path, $"found {text.Length} characters, expected at most {MaxText}");
        }
    }

    public Mends ToMends() => new() { Rules = Rules, Rows = Rows };
}
