using System.Text.RegularExpressions;

namespace Usage.Core.Tests.Reference;

/// <summary>RFC 4180, a character at a time. Records of blank cells are none.</summary>
public static partial class ReferenceCsv
{
    /// <param name="Broken">The first cell that has text after its closing quote.</param>
    /// <param name="Raw">As it stands in the file.</param>
    /// <param name="Number">Of the line on which it starts.</param>
    /// <param name="IsOpen">The quote of its last cell is never closed.</param>
    public sealed record Line(IReadOnlyList<string> Cells, int? Broken, string Raw, int Number, bool IsOpen);

    public static IReadOnlyList<Line> Read(string text, char delimiter = ',')
    {
        var (lines, cells, cell) = (new List<Line>(), new List<string>(), "");
        var (quoted, wasQuoted, broken, start) = (false, false, (int?)null, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted)
            {
                if (c != '"') cell += c;
                else if (i + 1 < text.Length && text[i + 1] == '"') cell += text[++i];
                else quoted = false;
            }
            else if (c == '"' && cell.Length == 0 && !wasQuoted)
            {
                (quoted, wasQuoted, cell) = (true, true, "");
            }
            else if (c == delimiter)
            {
                EndCell();
            }
            else if (c is '\r' or '\n')
            {
                var end = i;
                if (c == '\r' && i + 1 < text.Length && text[i + 1] == '\n') i++;
                EndLine(end);
                start = i + 1;
            }
            else
            {
                if (wasQuoted && !char.IsWhiteSpace(c)) broken ??= cells.Count;
                cell += c;
            }
        }

        EndLine(text.Length);
        return lines;

        void EndCell()
        {
            cells.Add(cell.Trim());
            (cell, wasQuoted) = ("", false);
        }

        void EndLine(int end)
        {
            EndCell();
            if (cells.Exists(one => one.Length > 0))
                lines.Add(new Line([.. cells], broken, text[start..end], 1 + LineBreak().Count(text[..start]), quoted));
            cells.Clear();
            broken = null;
        }
    }

    [GeneratedRegex("\r\n|\r|\n")]
    private static partial Regex LineBreak();
}
