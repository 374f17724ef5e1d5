namespace Usage.Core.Files;

/// <summary>Finds a header's columns by name, trimmed and ignoring case. The columns that a rejected file adds are not found.</summary>
public sealed class ColumnMap
{
    private readonly Dictionary<string, int> places = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> twice = new(StringComparer.OrdinalIgnoreCase);

    public ColumnMap(IReadOnlyList<string> header)
    {
        var mended = ReservedColumns.Mark(header.Select(name => name.Trim()));
        for (var column = 0; column < header.Count; column++)
        {
            var name = header[column].Trim();
            if (mended && ReservedColumns.Contains(name)) continue;
            if (!places.TryAdd(name, column)) twice.Add(name);
        }
    }

    public ColumnMap(FilePlan plan)
        : this(plan.Header)
    {
    }

    /// <returns>The column's place, 0 for the first; -1 when there is none of that name.</returns>
    public int Find(string name) => places.GetValueOrDefault(name.Trim(), -1);

    /// <summary>Whether several columns have the name.</summary>
    public bool IsTwice(string name) => twice.Contains(name.Trim());
}
