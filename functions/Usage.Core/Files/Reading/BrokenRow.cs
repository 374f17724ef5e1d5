using System.Globalization;

namespace Usage.Core.Files.Reading;

/// <summary>Why a row can't be read as a row: a code of <see cref="Issues.IssueCode"/>, where, what was found, what was expected.</summary>
/// <param name="Column">Null when it concerns the row as a whole.</param>
/// <param name="Text">The row's own, shortened.</param>
public sealed record BrokenRow(string Code, long Row, string? Column, string Found, string Expected, string Text)
{
    /// <summary>As in <c>row 8: found 4 cells, expected 5 as in the header: a,b,c,d</c>.</summary>
    public string Message
    {
        get
        {
            var place = Column is null ? "" : $", column {Column}";
            return string.Create(CultureInfo.InvariantCulture, $"row {Row}{place}: found {Found}, expected {Expected}: {Text}");
        }
    }
}
