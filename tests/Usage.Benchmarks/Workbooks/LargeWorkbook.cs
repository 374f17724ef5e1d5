using System.Globalization;
using System.IO.Compression;
using System.Text;
using Usage.Benchmarks.Files;

namespace Usage.Benchmarks.Workbooks;

/// <summary>A workbook of a million rows in its last sheet, some other sheets before it, and as many different texts as fit.</summary>
/// <param name="Rows">Of the sheet that is read, at most 1,048,575.</param>
/// <param name="TextsOfRow">Columns of texts; each text is another one, of 20 characters. None where there are accounts.</param>
/// <param name="NumbersOfRow">Columns of numbers.</param>
internal sealed record LargeWorkbook(int Rows, int TextsOfRow, int NumbersOfRow, int OtherSheets)
{
    private const string Related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <summary>
    /// The first column has the CRM ids of so many accounts, again and again, and no text is another one; 0: it has texts.
    /// </summary>
    public int Accounts { get; init; }

    public async Task WriteAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.Create(path);
        await WriteAsync(file, cancellationToken);
    }

    public async Task WriteAsync(Stream file, CancellationToken cancellationToken)
    {
        await using var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
        var sheets = Enumerable.Range(1, OtherSheets + 1).ToList();
        await AddAsync("_rels/.rels", Relations([("rId1", "officeDocument", "xl/workbook.xml")]));
        await AddAsync("xl/_rels/workbook.xml.rels", Relations(
            [
                .. sheets.Select(sheet => ($"rId{sheet}", "worksheet", $"worksheets/sheet{sheet}.xml")),
                ("rId0", "sharedStrings", "texts.xml"),
            ]));
        await AddAsync("xl/workbook.xml", [$"<workbook xmlns:r=\"{Related}\"><sheets>", .. sheets.Select(Named), "</sheets></workbook>"]);
        foreach (var sheet in sheets) await AddAsync($"xl/worksheets/sheet{sheet}.xml", Sheet(sheet > OtherSheets ? Rows : Rows / 20));
        await AddAsync("xl/texts.xml", Texts());

        async Task AddAsync(string name, IEnumerable<string> lines)
        {
            await using var part = new StreamWriter(zip.CreateEntry(name, CompressionLevel.Fastest).Open(), Encoding.UTF8, 1 << 16);
            foreach (var line in lines) await part.WriteAsync(line.AsMemory(), cancellationToken);
        }
    }

    /// <summary>Columns before the numbers.</summary>
    private int Before => Accounts > 0 ? 1 : TextsOfRow;

    private string Named(int sheet) =>
        $"<sheet name=\"{sheet}\" state=\"{(sheet > OtherSheets ? "visible" : "hidden")}\" r:id=\"rId{sheet}\"/>";

    private IEnumerable<string> Sheet(int rows)
    {
        yield return "<worksheet><sheetData><row r=\"1\"><c t=\"inlineStr\"><is><t>id</t></is></c>";
        for (var column = 1; column < Before + NumbersOfRow; column++)
            yield return $"<c t=\"inlineStr\"><is><t>column {column}</t></is></c>";
        yield return "</row>";
        for (var row = 0; row < rows; row++)
        {
            var cells = new StringBuilder($"<row r=\"{row + 2}\">");
            if (Accounts > 0) cells.Append(CultureInfo.InvariantCulture, $"<c t=\"s\"><v>{row % Accounts}</v></c>");
            for (var column = 0; column < TextsOfRow; column++)
                cells.Append(CultureInfo.InvariantCulture,
                    $"<c r=\"{(char)('A' + column)}{row + 2}\" t=\"s\"><v>{(row * TextsOfRow) + column}</v></c>");
            for (var column = 0; column < NumbersOfRow; column++)
                cells.Append(CultureInfo.InvariantCulture,
                    $"<c r=\"{(char)('A' + Before + column)}{row + 2}\"><v>{Scattered(row, column) / 1000.0}</v></c>");
            yield return cells.Append("</row>").ToString();
        }

        yield return "</sheetData></worksheet>";
    }

    private IEnumerable<string> Texts()
    {
        yield return "<sst>";
        for (var account = 0; account < Accounts; account++) yield return $"<si><t>{UsageFile.CrmId(account)}</t></si>";
        for (var text = 0; text < Rows * TextsOfRow; text++)
            yield return string.Create(CultureInfo.InvariantCulture, $"<si><t>customer-{Scattered(text, 7):D11}</t></si>");
        yield return "</sst>";
    }

    /// <summary>As little alike as real ids, so that they don't pack better.</summary>
    private static uint Scattered(int row, int column) => (uint)(((row * 31) + column + 1) * 2_654_435_761);

    private static IEnumerable<string> Relations(IEnumerable<(string Id, string Type, string Target)> relations) =>
    [
        "<Relationships>",
        .. relations.Select(one => $"<Relationship Id=\"{one.Id}\" Type=\"{Related}/{one.Type}\" Target=\"{one.Target}\"/>"),
        "</Relationships>",
    ];
}
