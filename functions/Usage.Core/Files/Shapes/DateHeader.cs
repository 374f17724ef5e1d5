using Usage.Core.Values.Dates;

namespace Usage.Core.Files.Shapes;

/// <summary>A column of a wide file.</summary>
/// <param name="Column">Its place in the header, 0 for the first.</param>
/// <param name="Name">As the header has it.</param>
/// <param name="Date">Of all of its cells.</param>
internal readonly record struct DateHeader(int Column, string Name, DateOnly Date)
{
    /// <summary>No date is longer.</summary>
    private const int MaxLength = 128;

    /// <param name="header">Names as they are compared.</param>
    /// <param name="format">What the names of the columns are written in.</param>
    public static IReadOnlyList<DateHeader> Find(IReadOnlyList<string> header, string format)
    {
        string[] formats = [CellText.Name(format)];
        var mended = ReservedColumns.Mark(header);
        var found = new List<DateHeader>();
        for (var column = 0; column < header.Count; column++)
        {
            var name = header[column];
            if (name.Length is 0 or > MaxLength || (mended && ReservedColumns.Contains(name))) continue;
            if (DeclaredDates.TryRead(name, formats, out var date)) found.Add(new DateHeader(column, name, date));
        }

        return found;
    }
}
