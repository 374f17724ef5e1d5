using System.Globalization;
using Usage.Core.Files.Sources;
using Usage.Core.Files.Workbooks.Packages;
using Usage.Core.Issues;
using Usage.Core.Values;

namespace Usage.Core.Files.Workbooks;

/// <summary>Which sheet of a workbook is read.</summary>
internal static class SheetRules
{
    private const int MaxNamed = 20;

    /// <summary>
    /// The one of the name, trimmed and in any case; a number counts the visible ones, as their tabs are seen. A hidden one is read only
    /// by its name.
    /// </summary>
    public static WorkbookSheet Choose(IReadOnlyList<WorkbookSheet> sheets, SheetChoice? wanted)
    {
        if (sheets.Count == 0) throw WorkbookErrors.Broken("no sheet with cells");
        var visible = sheets.Where(sheet => !sheet.Hidden).ToList();
        var found = wanted is null
            ? visible.FirstOrDefault()
            : Named(sheets, wanted.Name) ?? visible.ElementAtOrDefault(NumberOf(wanted) - 1);
        return found ?? throw Missing(sheets, wanted);
    }

    /// <summary>The sheets' names, and which of them are hidden.</summary>
    public static string Told(IReadOnlyList<WorkbookSheet> sheets) => string.Join(", ", sheets.Take(MaxNamed).Select(
        sheet => $"\"{CellText.Shown(sheet.Name)}\"{(sheet.Hidden ? " (hidden)" : "")}"))
            + (sheets.Count > MaxNamed ? $" and {sheets.Count - MaxNamed} more" : "");

    private static WorkbookSheet? Named(IReadOnlyList<WorkbookSheet> sheets, string? name) =>
        name is null ? null : sheets.FirstOrDefault(
            sheet => string.Equals(CellText.Name(sheet.Name), CellText.Name(name), StringComparison.OrdinalIgnoreCase));

    /// <summary>A number in quotes counts too, where no sheet is called so.</summary>
    private static int NumberOf(SheetChoice wanted) =>
        wanted.Number ?? (int.TryParse(wanted.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0);

    private static FileRejectedException Missing(IReadOnlyList<WorkbookSheet> sheets, SheetChoice? wanted)
    {
        var expected = wanted switch
        {
            null => "a visible one; name the sheet as the integration's file.sheet",
            { Number: { } number } => $"a visible sheet {number} (the integration's file.sheet)",
            _ => $"\"{CellText.Shown(wanted.Name!)}\" (the integration's file.sheet)",
        };
        return new FileRejectedException(
            IssueCode.MissingColumn, $"the workbook: found the sheets {Told(sheets)}, expected {expected}");
    }
}
