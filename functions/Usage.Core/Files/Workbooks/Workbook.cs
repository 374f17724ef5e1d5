using Usage.Core.Files.Kinds;
using Usage.Core.Files.Sources;
using Usage.Core.Files.Workbooks.Packages;
using Usage.Core.Files.Workbooks.Sheets;
using Usage.Core.Issues;
using Usage.Core.Values;

namespace Usage.Core.Files.Workbooks;

/// <summary>
/// An <c>.xlsx</c> or <c>.xlsm</c> workbook: its sheets, and the rows of one of them. Nothing in it is run or fetched. All of it is read
/// synchronously, since it is parsing that takes the time.
/// </summary>
internal sealed class Workbook : IDisposable
{
    private readonly FileLimits _limits;
    private readonly Package _package;
    private readonly List<(WorkbookSheet Sheet, string Part)> _sheets = [];
    private readonly IReadOnlyDictionary<string, Relation> _relations;
    private bool _from1904;

    private Workbook(Package package, FileLimits limits)
    {
        (_package, _limits) = (package, limits);
        var main = package.Relations("").Values.FirstOrDefault(relation => relation.Type == "officeDocument").Part;
        if (main is null || !main.EndsWith("workbook.xml", StringComparison.OrdinalIgnoreCase)) throw NoWorkbook(package, main);
        _relations = package.Relations(main);
        using var xml = package.OpenList(main);
        while (xml.Read())
        {
            if (!xml.IsElement) continue;
            if (xml.Name == "workbookPr") _from1904 = xml.IsTrue("date1904");
            else if (xml is { Name: "sheet", Depth: 2 }) AddSheet(xml);
        }

        xml.Finish();
    }

    /// <summary>Those that hold cells, in the order of their tabs.</summary>
    public IReadOnlyList<WorkbookSheet> Sheets => [.. _sheets.Select(sheet => sheet.Sheet)];

    /// <param name="file">Seekable; the workbook owns it.</param>
    /// <param name="head">The file's first bytes, which tell what it was meant to be where it is broken.</param>
    /// <exception cref="FileRejectedException">It is too large, no workbook, or a broken one.</exception>
    public static Workbook Open(Stream file, ReadOnlySpan<byte> head, FileLimits limits)
    {
        if (!file.CanSeek) throw new ArgumentException("a workbook is read by ranges: open it as a seekable stream", nameof(file));
        try
        {
            if (file.Length > limits.MaxWorkbookBytes)
                throw new FileRejectedException(IssueCode.FileTooLarge,
                    FormattableString.Invariant($"the workbook: found {file.Length} bytes, expected at most {limits.MaxWorkbookBytes}; ")
                    + "save the sheet as CSV and drop that, or raise the limit MaxWorkbookBytes");
            return new Workbook(new Package(file), limits);
        }
        catch (Exception broken) when (WorkbookErrors.IsBroken(broken))
        {
            file.Dispose();
            throw FileKind.IsOffice(head) ? WorkbookErrors.Broken(broken) : FileKind.NoWorkbook;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <param name="wanted">Null: the first visible one.</param>
    /// <exception cref="FileRejectedException">It isn't there.</exception>
    public WorkbookSheet Choose(SheetChoice? wanted) => SheetRules.Choose(Sheets, wanted);

    /// <param name="enough">Unpacked bytes of the texts that cells share, after which the rest is left out.</param>
    public SheetReader OpenSheet(WorkbookSheet sheet, long enough, CancellationToken cancellationToken)
    {
        var strings = new SharedStrings(_limits);
        if (PartOf("sharedStrings") is { } shared)
        {
            using var xml = _package.Open(shared, _limits.MaxUnpackedBytes);
            strings.Load(xml, enough, cancellationToken);
            if (strings.Complete) xml.Finish();
        }

        var cells = new CellReader(_limits, new CellStyles(_package, PartOf("styles")), strings, _from1904);
        return new SheetReader(
            _package.Open(_sheets.First(one => one.Sheet == sheet).Part, _limits.MaxUnpackedBytes), cells);
    }

    public void Dispose() => _package.Dispose();

    private string? PartOf(string type) => _relations.Values.FirstOrDefault(relation => relation.Type == type).Part;

    private void AddSheet(PartReader xml)
    {
        var name = xml.Attribute("name") ?? "";
        if (xml.ForeignAttribute("id") is not { } id || !_relations.TryGetValue(id, out var relation))
            throw WorkbookErrors.Broken($"no part for the sheet \"{CellText.Shown(name)}\"");
        // Sheets that are a chart or a macro hold no cells.
        if (relation.Type == "worksheet")
            _sheets.Add((new WorkbookSheet(name, xml.Attribute("state") is "hidden" or "veryHidden"), relation.Part));
    }

    private static FileRejectedException NoWorkbook(Package package, string? main)
    {
        if (main?.EndsWith("workbook.bin", StringComparison.OrdinalIgnoreCase) == true)
            return FileKind.Refused(new("a binary Excel workbook (.xlsb)", "save it as .xlsx or CSV"));
        if (main?.StartsWith("word/", StringComparison.OrdinalIgnoreCase) == true)
            return FileKind.Refused(new("a Word document (.docx)", "save the table as CSV"));
        return main is not null || package.Has("[Content_Types].xml")
            ? FileKind.Refused(new("an Office document that is no Excel workbook", "save the table as CSV"))
            : FileKind.NoWorkbook;
    }
}
