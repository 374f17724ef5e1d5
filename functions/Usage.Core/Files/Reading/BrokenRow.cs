using System.Globalization;
using Usage.Core.Runs;

namespace Usage.Core.Files;

/// <summary>Why a row can't be read as a row: a code of <see cref="IssueCode"/>, where, what was found, what was expected.</summary>
/// <param name="Column">Null when it concerns the row as a whole.</param>
public sealed record BrokenRow(string Code, long Row, string? Column, string Found, string Expected)
{
    /// <summary>As in <c>row 8: found 4 cells, expected 5 as in the header</c>.</summary>
    public string Message
    {
        get
        {
            var place = Column is null ? "" : $", column {Column}";
            return string.Create(CultureInfo.InvariantCulture, $"row {Row}{place}: found {Found}, expected {Expected}");
        }
    }
}
