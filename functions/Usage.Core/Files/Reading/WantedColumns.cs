using Usage.Core.Files.Shapes;
using Usage.Core.Integrations;
using Usage.Core.Values.Columns;

namespace Usage.Core.Files.Reading;

/// <summary>What a header is known by.</summary>
/// <param name="Named">The mapped columns.</param>
/// <param name="DateFormats">Each wants a column at least of which it is the date.</param>
internal sealed record WantedColumns(IReadOnlyList<ColumnNames> Named, IReadOnlyList<string> DateFormats)
{
    public static WantedColumns None { get; } = new([], []);

    public int Count => Named.Count + DateFormats.Count;

    public static WantedColumns Of(ImportMapping mapping) => new(mapping.Columns(), mapping.DateHeaders());

    /// <summary>How many of them are among the names.</summary>
    public int In(IReadOnlyList<string> names)
    {
        var columns = new ColumnMap(names);
        return Named.Count(column => columns.Find(column) >= 0) + DateFormats.Count(format => DateHeader.Find(names, format).Count > 0);
    }
}
