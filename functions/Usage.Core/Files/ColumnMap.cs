using Usage.Core.Values.Columns;

namespace Usage.Core.Files;

/// <summary>
/// Finds a header's columns by name: trimmed, white space inside taken for one space, ignoring case. The columns that a rejected file
/// adds are not found.
/// </summary>
public sealed class ColumnMap
{
    private readonly Dictionary<string, int> _places = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _twice = new(StringComparer.OrdinalIgnoreCase);

    public ColumnMap(IReadOnlyList<string> header)
    {
        var names = header.Select(CellText.Name).ToArray();
        var mended = ReservedColumns.Mark(names);
        for (var column = 0; column < names.Length; column++)
        {
            if (mended && ReservedColumns.Contains(names[column])) continue;
            if (!_places.TryAdd(names[column], column)) _twice.Add(names[column]);
        }
    }

    public ColumnMap(FilePlan plan)
        : this(plan.Header)
    {
    }

    /// <returns>The place of the column that the header has, 0 for the first; -1 when it has none of the names.</returns>
    public int Find(ColumnNames column) => Found(column) is [var name, ..] ? _places[name] : -1;

    /// <summary>The name by which the header has the column; the first one when it has none of them.</summary>
    public string NameOf(ColumnNames column) => Found(column) is [var name, ..] ? name : CellText.Name(column.Names[0]);

    /// <summary>The names of the column that are in the header.</summary>
    internal IReadOnlyList<string> Found(ColumnNames column) =>
        [.. column.Names.Select(CellText.Name).Where(_places.ContainsKey).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>Whether several columns have the name.</summary>
    internal bool IsTwice(string name) => _twice.Contains(name);
}
