using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Products;
using Usage.Core.Tests.Values;
using Usage.Core.Values;
using Usage.Core.Values.Columns;

namespace Usage.Core.Tests.Reference;

/// <summary>What all cells of a file together prove, or leave open.</summary>
/// <param name="Code">Why the file fails as a whole.</param>
/// <param name="Assumed">Of the warning that the decimal separator was assumed; 0: there is none.</param>
internal sealed record ReferenceEvidence(string? Code, char Separator, int Assumed)
{
    private static readonly string[] NoWords = ["n/a", "na", "null", "none", "-", "?", "unknown", "#N/A"];

    public static ReferenceEvidence Of(
        IReadOnlyList<string> header, IReadOnlyList<ReferenceCsv.Line> records, ImportMapping mapping)
    {
        var format = mapping.Integration.File;
        var rows = records
            .Select((line, i) => (Row: i + 1, Cells: line.Broken is null ? ReferenceReading.Whole(line, header, format) : null))
            .Where(row => row.Cells is not null).ToArray();
        var (code, separator, assumed) = Decimals();
        return new ReferenceEvidence(code ?? Booleans(), separator, assumed);

        (string? Code, char Separator, int Assumed) Decimals()
        {
            var (points, commas, ambiguous) = (new List<int>(), new List<int>(), 0);
            foreach (var source in Sources(DataType.Numeric).DistinctBy(s => (s.Place, s.Metric?.ToLowerInvariant(), s.Dimension.Number)))
                foreach (var (row, cell) in Filled(source))
                {
                    var point = NumberReference.Parse(cell, '.', source.Dimension.Number);
                    var comma = NumberReference.Parse(cell, ',', source.Dimension.Number);
                    var (isPoint, isComma) = (point.Code != IssueCode.NotANumber, comma.Code != IssueCode.NotANumber);
                    if (isPoint && isComma && point != comma) ambiguous++;
                    if (isPoint && !isComma) points.Add(row);
                    if (isComma && !isPoint) commas.Add(row);
                }

            if (format.DecimalSeparator is { } declared)
            {
                var (own, other) = declared == "." ? (points, commas) : (commas, points);
                return (ambiguous > 0 && other.Count > own.Count ? IssueCode.DecimalSeparatorContradicted : null, declared[0], 0);
            }
            if (ambiguous == 0) return (null, commas.Count > points.Count ? ',' : '.', 0);
            return (points.Count, commas.Distinct().Count()) switch
            {
                ( > 0, > 0) => (IssueCode.DecimalSeparatorContradicted, '.', 0),
                ( > 0, 0) => (null, '.', 0),
                (0, 0) => (null, '.', ambiguous),
                (0, 1) => (IssueCode.DecimalSeparatorUndecided, ',', 0),
                _ => (null, ',', 0),
            };
        }

        string? Booleans() => Sources(DataType.Boolean).Where(source => source.Dimension.Boolean is null).Any(source =>
        {
            var cells = Filled(source).Select(filled => filled.Cell).ToArray();
            var words = cells.Select(cell => ReferenceCells.Boolean(null, cell).Value).OfType<bool>().Distinct().Count();
            return words == 1 && cells.Any(cell => ReferenceCells.Boolean(null, cell).Code is not null
                && !NoWords.Contains(cell, StringComparer.OrdinalIgnoreCase));
        }) ? IssueCode.BooleanWordsUndecided : null;

        IEnumerable<Source> Sources(DataType type) =>
            from product in mapping.Products
            from dimension in product.Dimensions
            where dimension.DataType == type
                && !(dimension.Aggregate == Aggregate.Count && mapping.Integration.AllowMultipleRowsPerCustomer)
            from place in product.Wide is { } wide
                ? ReferenceShapes.Dates(header, wide).Select(date => date.Place) : [Column(dimension.Column!)]
            select new Source(dimension, place, product.Long?.MetricColumn, dimension.Metric?.Trim());

        IEnumerable<(int Row, string Cell)> Filled(Source source) =>
            rows
                .Where(row => source.MetricColumn is null
                    || ReferenceShapes.IsOf(source.Dimension, row.Cells![Column(source.MetricColumn)]))
                .Select(row => (row.Row, row.Cells![source.Place]))
                .Where(cell => !ReferenceCells.IsBlank(format, cell.Item2)
                    && !format.ClearTokens.Contains(cell.Item2, StringComparer.OrdinalIgnoreCase));

        int Column(ColumnNames column) => ReferenceReading.Find(header, column).Place;
    }

    /// <summary>A column, or the rows of a metric in it, that is read for a dimension.</summary>
    private sealed record Source(MappedDimension Dimension, int Place, ColumnNames? MetricColumn, string? Metric);
}
