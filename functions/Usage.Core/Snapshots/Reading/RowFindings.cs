using Usage.Core.Issues;

namespace Usage.Core.Snapshots.Reading;

/// <summary>What is wrong with the current row. A column that feeds several dimensions or dates is reported once for each code.</summary>
internal sealed class RowFindings
{
    private readonly List<RowIssue> _found = [];

    public bool Any => _found.Count > 0;

    public void Clear() => _found.Clear();

    public void Add(CellProblem problem, long row, string column)
    {
        foreach (var before in _found)
            if (before.Code == problem.Code && before.Column == column) return;
        Add(new RowIssue(problem.Code, column, problem.Found, problem.Message(row, column)));
    }

    public void Add(RowIssue issue) => _found.Add(issue);

    /// <summary>Of what was found first.</summary>
    public string Code => _found[0].Code;

    public string Message => _found.Count == 1 ? _found[0].Message : string.Join("; ", _found.Select(issue => issue.Message));

    /// <summary>In the order in which they were found; until the next row.</summary>
    public IReadOnlyList<RowIssue> Items => _found;

    public IReadOnlyList<RowIssue> ToList() => [.. _found];

    public void CountIn(IssueLog log, long row)
    {
        foreach (var issue in _found) log.Add(issue.Code, new IssueSample(row, issue.Column, issue.Found, issue.Message));
    }
}
