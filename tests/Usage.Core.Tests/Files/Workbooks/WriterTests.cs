using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;
using Cell = DocumentFormat.OpenXml.Spreadsheet.Cell;

namespace Usage.Core.Tests.Files.Workbooks;

/// <summary>Workbooks that others' writers have made: what they mean is what is read.</summary>
public sealed class WriterTests
{
    [Fact]
    public async Task Workbook_of_SpreadCheetah()
    {
        using var file = new MemoryStream();
        await using (var writer = await Spreadsheet.CreateNewAsync(file))
        {
            await writer.StartWorksheetAsync("Notes", new WorksheetOptions { Visibility = WorksheetVisibility.Hidden });
            await writer.AddRowAsync([new DataCell("nothing")]);
            await writer.StartWorksheetAsync("Usage");
            var day = writer.AddStyle(new Style { Format = NumberFormat.Custom("d. mmm yyyy") });
            var bold = writer.AddStyle(new Style { Font = { Bold = true } });
            await writer.AddRowAsync([new StyledCell("id", bold), new StyledCell("day", bold), new StyledCell("mau", bold)]);
            await writer.AddRowAsync(
                [new StyledCell("C 1 <\"&", null), new StyledCell(new DateTime(2024, 10, 15), day), new StyledCell(1.375, null)]);
            await writer.AddRowAsync([new DataCell(17), new DataCell(new DateTime(2024, 10, 15, 18, 30, 0)), new DataCell(true)]);
            await writer.AddRowAsync([new DataCell("  a\nb"), new DataCell(), new DataCell(int.MinValue)]);
            writer.MergeCells("A5:C5");
            await writer.FinishAsync();
        }

        Assert.Equal(
            "\"id\",\"day\",\"mau\"\r\n\"C 1 <\"\"&\",2024-10-15,1.375\r\n17,2024-10-15T18:30:00,true\r\n\"  a\nb\",,-2147483648\r\n",
            await WorkbookFixture.StagedAsync(file.ToArray()));
    }

    [Fact]
    public async Task Workbook_of_the_Open_XML_SDK()
    {
        using var file = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.MacroEnabledWorkbook))
        {
            var main = document.AddWorkbookPart();
            var sheet = main.AddNewPart<WorksheetPart>();
            sheet.Worksheet = new Worksheet(new SheetData(
                new Row(Text("id"), Shared(0)),
                new Row(Shared(1), new Cell { CellFormula = new CellFormula("B1*2"), CellValue = new CellValue(0.1 + 0.2) }),
                new Row(new Cell { StyleIndex = 1, CellValue = new CellValue("45580.25") }, Typed(CellValues.Error, "#REF!"),
                    Typed(CellValues.Boolean, "0"), Typed(CellValues.String, "calculated"))));
            main.AddNewPart<SharedStringTablePart>().SharedStringTable = new SharedStringTable(
                new SharedStringItem(new Text("of all")), new SharedStringItem(
                    new Run(new Text("two ") { Space = SpaceProcessingModeValues.Preserve }),
                    new Run(new RunProperties(new Bold()), new Text("looks"))));
            main.AddNewPart<WorkbookStylesPart>().Stylesheet = new Stylesheet(
                new NumberingFormats(new NumberingFormat { NumberFormatId = 170, FormatCode = "dd/mm/yyyy hh:mm" }),
                new CellFormats(new CellFormat(), new CellFormat { NumberFormatId = 170 }));
            main.Workbook = new Workbook(new DocumentFormat.OpenXml.Spreadsheet.Sheets(
                new Sheet { Name = "Usage", SheetId = 1, Id = main.GetIdOfPart(sheet) }));
        }

        Assert.Equal(
            "\"id\",\"of all\"\r\n\"two looks\",0.30000000000000004\r\n2024-10-15T06:00:00,\"#REF!\",false,\"calculated\"\r\n",
            await WorkbookFixture.StagedAsync(file.ToArray()));
    }

    private static Cell Text(string text) => new() { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(text)) };

    private static Cell Shared(int index) => Typed(CellValues.SharedString, $"{index}");

    private static Cell Typed(CellValues type, string value) => new() { DataType = type, CellValue = new CellValue(value) };
}
