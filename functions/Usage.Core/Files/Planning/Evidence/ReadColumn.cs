using Usage.Core.Files.Shapes;
using Usage.Core.Integrations;
using Usage.Core.Products;

namespace Usage.Core.Files.Planning.Evidence;

/// <summary>A column of which cells are read for one dimension.</summary>
/// <param name="Column">Its place in the header, 0 for the first.</param>
internal readonly record struct ReadColumn(MappedDimension Dimension, int Column, string Name)
{
    /// <summary>
    /// Those of which all cells are read for it: not a long file's, but each date column of a wide one. Dimensions that only count cells
    /// read none.
    /// </summary>
    public static IReadOnlyList<ReadColumn> Of(ImportMapping mapping, IReadOnlyList<string> header)
    {
        var columns = new ColumnMap(header);
        return
        [
            .. mapping.Products.Where(product => product.Long is null)
                .SelectMany(product => product.Dimensions.Select(dimension => (product.Wide, Dimension: dimension)))
                .Where(read => mapping.AggregateOf(read.Dimension) != Aggregate.Count)
                .SelectMany(read => read.Wide is { } wide
                    ? DateHeader.Find(header, wide.Header).Select(date => new ReadColumn(read.Dimension, date.Column, date.Name))
                    : [new(read.Dimension, columns.Find(read.Dimension.Column!), columns.NameOf(read.Dimension.Column!))]),
        ];
    }
}
