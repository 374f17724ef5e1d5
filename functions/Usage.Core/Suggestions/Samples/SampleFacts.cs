using System.Text;
using Usage.Core.Files.Reading;
using Usage.Core.Integrations.Rules;
using Usage.Core.Issues;
using Usage.Core.Suggestions.Columns;

namespace Usage.Core.Suggestions.Samples;

/// <summary>All that a sample shows, column by column.</summary>
/// <param name="All">The columns of the header, in its order.</param>
/// <param name="Usable">Those that have a name of their own that a mapping can name.</param>
/// <param name="FirstRows">Cells of the first rows, by the columns' places.</param>
internal sealed record SampleFacts(
    SampleTable Table, IReadOnlyList<ColumnProfile> All, IReadOnlyList<ColumnProfile> Usable, IReadOnlyList<string[]> FirstRows, long Rows,
    IReadOnlyList<IgnoredRows> Ignored, IReadOnlyList<BrokenRow> Broken)
{
    private const int MaxFirstRows = 2000;
    private const int MaxFirstCells = 200_000;
    private const int MaxCell = 200;

    public static SampleFacts Of(SampleTable table)
    {
        var columns = table.Header.Select((name, place) => new ColumnProfile(name, place)).ToList();
        var (first, rows) = (new List<string[]>(), 0L);
        var (ignored, broken) = table.Read(row =>
        {
            rows++;
            foreach (var column in columns) column.Observe(row.GetCell(column.Place), row.Row);
            if (first.Count < MaxFirstRows && first.Count * columns.Count < MaxFirstCells) first.Add(Cells(row, columns.Count));
        });
        columns.ForEach(column => column.Conclude());
        var mended = ReservedColumns.Mark(table.Header);
        var usable = columns.Where(column => column.Name.Length is > 0 and <= ColumnRoleRules.MaxLength)
            .Where(column => !(mended && ReservedColumns.Contains(column.Name)))
            .GroupBy(column => column.Name, StringComparer.OrdinalIgnoreCase)
            .Where(same => same.Count() == 1).Select(same => same.Single());
        return new SampleFacts(table, columns, [.. usable], first, rows, ignored, broken);
    }

    private static string[] Cells(RecordReader row, int count)
    {
        var cells = new string[count];
        for (var place = 0; place < count; place++)
        {
            var cell = row.GetCell(place);
            cells[place] = Encoding.UTF8.GetString(cell[..Math.Min(cell.Length, MaxCell)]);
        }

        return cells;
    }
}
