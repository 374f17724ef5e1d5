using System.IO.Compression;
using System.Text;

namespace Usage.Core.Tests.Files.Workbooks;

/// <summary>A workbook written by hand, part by part, so that it can have any oddity.</summary>
internal sealed class HandMade
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private readonly List<(string Name, string State, string Xml)> _sheets = [];
    private readonly Dictionary<string, string> _parts = [];

    public string SharedStrings { get; init; } = "";

    /// <summary>Styles 0 to 4: none, a date, a date and time, a time, a duration; then the formats that are given.</summary>
    public IReadOnlyList<string> Formats { get; init; } = [];

    public string WorkbookProperties { get; init; } = "";

    public string MainPart { get; init; } = "xl/workbook.xml";

    public string SheetType { get; init; } = "worksheet";

    /// <param name="rows">The content of <c>sheetData</c>.</param>
    public HandMade Sheet(string rows, string name = "Usage", string state = "visible") =>
        SheetXml($"<worksheet xmlns=\"{Main}\"><sheetData>{rows}</sheetData><mergeCells/></worksheet>", name, state);

    public HandMade SheetXml(string xml, string name = "Usage", string state = "visible")
    {
        _sheets.Add((name, state, xml));
        return this;
    }

    /// <summary>Instead of the part that would be there.</summary>
    public HandMade Part(string name, string content)
    {
        _parts[name] = content;
        return this;
    }

    public byte[] Bytes()
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in Parts())
            {
                using var part = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
                part.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return file.ToArray();
    }

    private Dictionary<string, string> Parts()
    {
        var main = MainPart[(MainPart.LastIndexOf('/') + 1)..];
        var parts = new Dictionary<string, string>
        {
            ["[Content_Types].xml"] = "<Types/>",
            ["_rels/.rels"] = Relations(("rId1", "officeDocument", MainPart)),
            [MainPart] = $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Related}\">{WorkbookProperties}<sheets>"
                + string.Concat(_sheets.Select((sheet, i) =>
                    $"<sheet name=\"{sheet.Name}\" sheetId=\"{i + 1}\" state=\"{sheet.State}\" r:id=\"rId{i + 1}\"/>"))
                + "</sheets></workbook>",
            [$"xl/_rels/{main}.rels"] = Relations(
            [
                .. _sheets.Select((_, i) => ($"rId{i + 1}", SheetType, $"worksheets/sheet{i + 1}.xml")),
                ("rId90", "styles", "/xl/styles.xml"), ("rId91", "sharedStrings", "sharedStrings.xml"),
            ]),
            ["xl/styles.xml"] = Styles(),
            ["xl/sharedStrings.xml"] = $"<sst xmlns=\"{Main}\">{SharedStrings}</sst>",
        };
        for (var i = 0; i < _sheets.Count; i++) parts[$"xl/worksheets/sheet{i + 1}.xml"] = _sheets[i].Xml;
        foreach (var (name, content) in _parts) parts[name] = content;
        return parts;
    }

    private string Styles() =>
        $"<styleSheet xmlns=\"{Main}\"><numFmts>"
        + string.Concat(Formats.Select((format, i) => $"<numFmt numFmtId=\"{164 + i}\" formatCode=\"{format}\"/>"))
        + "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>"
        + string.Concat(new[] { 0, 14, 22, 20, 46 }.Concat(Formats.Select((_, i) => 164 + i)).Select(id => $"<xf numFmtId=\"{id}\"/>"))
        + "</cellXfs><dxfs><dxf><numFmt numFmtId=\"164\" formatCode=\"yyyy\"/></dxf></dxfs></styleSheet>";

    private static string Relations(params (string Id, string Type, string Target)[] relations) =>
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        + string.Concat(relations.Select(one =>
            $"<Relationship Id=\"{one.Id}\" Type=\"{Related}/{one.Type}\" Target=\"{one.Target}\"/>"))
        + "<Relationship Id=\"x\" Type=\"x/externalLink\" Target=\"http://127.0.0.1:1/\" TargetMode=\"External\"/></Relationships>";
}
