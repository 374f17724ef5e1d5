using static System.FormattableString;

namespace Usage.Core.Issues;

/// <summary>What is wrong with a cell: a code of <see cref="IssueCode"/>, what was found (shortened), what was expected.</summary>
public readonly record struct CellProblem(string Code, string Found, string Expected)
{
    /// <summary>As in <c>row 8, column "mau": found "N/A", expected a number such as 1234.5</c>.</summary>
    public string Message(long row, string column)
    {
        var found = Found.Length == 0 ? "nothing" : $"\"{Found}\"";
        return Invariant($"row {row}, column \"{column}\": found {found}, expected {Expected}");
    }
}
