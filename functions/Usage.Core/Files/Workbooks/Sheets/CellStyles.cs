using Usage.Core.Files.Workbooks.Packages;

namespace Usage.Core.Files.Workbooks.Sheets;

/// <summary>What of a workbook's styles says what a number is: whether it is shown as a date.</summary>
internal sealed class CellStyles
{
    /// <summary>Of workbooks that were copied together for years.</summary>
    private const int MostBytes = 64 << 20;

    private readonly List<bool> _dates = [];

    /// <param name="part">Null: the workbook has no styles.</param>
    public CellStyles(Package package, string? part)
    {
        if (part is null) return;
        using var xml = package.Open(part, MostBytes);
        var declared = new Dictionary<int, bool>();
        var list = "";
        while (xml.Read())
        {
            if (!xml.IsElement) continue;
            // The same elements stand in other lists, too, where they mean other things.
            if (xml.Depth == 1) list = xml.Name;
            else if (list == "numFmts" && xml is { Depth: 2, Name: "numFmt" } && xml.Number("numFmtId") is { } id)
                declared[id] = DateFormatCode.IsDate(xml.Attribute("formatCode") ?? "");
            else if (list == "cellXfs" && xml is { Depth: 2, Name: "xf" })
                _dates.Add(IsDate(xml.Number("numFmtId") ?? 0, declared));
        }

        xml.Finish();
    }

    /// <param name="style">The number of a cell's style.</param>
    public bool IsDate(int style) => style < _dates.Count && _dates[style];

    private static bool IsDate(int format, Dictionary<int, bool> declared) =>
        declared.TryGetValue(format, out var date) ? date : DateFormatCode.IsDate(format);
}
