namespace Usage.Core.Tests.Reference;

/// <summary>RFC 4180, a character at a time. Blank lines are no records.</summary>
public static class ReferenceCsv
{
    /// <param name="Broken">The first cell that has text after its closing quote.</param>
    public sealed record Line(IReadOnlyList<string> Cells, int? Broken);

    public static IReadOnlyList<Line> Read(string text, char delimiter = ',')
    {
        var (lines, cells, cell) = (new List<Line>(), new List<string>(), "");
        var (quoted, wasQuoted, broken) = (false, false, (int?)null);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted)
            {
                if (c != '"') cell += c;
                else if (i + 1 < text.Length && text[i + 1] == '"') cell += text[++i];
                else quoted = false;
            }
            else if (c == '"' && cell.Trim().Length == 0 && !wasQuoted)
            {
                (quoted, wasQuoted, cell) = (true, true, "");
            }
            else if (c == delimiter)
            {
                EndCell();
            }
            else if (c is '\r' or '\n')
            {
                if (c == '\r' && i + 1 < text.Length && text[i + 1] == '\n') i++;
                EndLine();
            }
            else
            {
                if (wasQuoted && !char.IsWhiteSpace(c)) broken ??= cells.Count;
                cell += c;
            }
        }

        EndLine();
        return lines;

        void EndCell()
        {
            cells.Add(cell.Trim());
            (cell, wasQuoted) = ("", false);
        }

        void EndLine()
        {
            var blank = cells.Count == 0 && cell.Trim().Length == 0 && !wasQuoted;
            EndCell();
            if (!blank) lines.Add(new Line([.. cells], broken));
            cells.Clear();
            broken = null;
        }
    }
}
