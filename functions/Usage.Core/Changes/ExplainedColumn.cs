using Usage.Core.Files;
using Usage.Core.Files.Shapes;
using Usage.Core.Integrations;
using Usage.Core.Products;

namespace Usage.Core.Changes;

/// <summary>Where in a file's rows the values of one dimension and date stand.</summary>
/// <param name="Name">As the header has it.</param>
/// <param name="Places">Of its cells, 0 for the first; several where the columns of several dates make one snapshot.</param>
/// <param name="Metric">Of a long file: where the metric stands, and which one it is.</param>
public sealed record ExplainedColumn(string Name, IReadOnlyList<int> Places, (int Place, string Name)? Metric)
{
    /// <returns>Null: the mapping has no such dimension.</returns>
    public static ExplainedColumn? Find(ImportMapping mapping, FilePlan plan, int product, int dimension, DateOnly date)
    {
        var (mapped, columns) = (mapping.Products[product], new ColumnMap(plan));
        if (mapped.Wide is { } wide)
        {
            var dated = DateHeader.Find(plan.Header, wide.Header)
                .Where(column => SnapshotDates.Snap(mapped.Period, column.Date) == date).OrderBy(column => column.Date).ToList();
            return dated.Count == 0 ? null : new ExplainedColumn(dated[^1].Name, [.. dated.Select(column => column.Column)], null);
        }

        var read = mapped.Dimensions[dimension];
        if (read.Column is null) return null;
        (int, string)? metric = mapped.Long is { } rows && read.Metric is { } name ? (columns.Find(rows.MetricColumn), name) : null;
        return new ExplainedColumn(columns.NameOf(read.Column), [columns.Find(read.Column)], metric);
    }

    /// <returns>What a row says; null where it says nothing of the dimension.</returns>
    public string? TextOf(IReadOnlyList<string> cells)
    {
        if (Metric is { } metric
            && !string.Equals(Cell(metric.Place), CellText.Shown(metric.Name).Trim(), StringComparison.OrdinalIgnoreCase)) return null;
        return Places.Select(Cell).LastOrDefault(text => text.Length > 0);

        string Cell(int place) => place >= 0 && place < cells.Count ? cells[place] : "";
    }
}
