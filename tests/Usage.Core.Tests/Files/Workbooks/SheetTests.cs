using System.Text.Json;
using Usage.Core.Values;

namespace Usage.Core.Tests.Files.Workbooks;

public sealed class SheetTests
{
    private static readonly byte[] Workbook = new HandMade()
        .Sheet(Table("hidden"), "Notes", "hidden").Sheet(Table("september"), "September 2026").Sheet(Table("second"), "2024")
        .Sheet(Table("secret"), "Secret", "veryHidden").Bytes();

    [Theory]
    [InlineData("null", "september")]
    [InlineData("\"  september  2026 \"", "september")]
    [InlineData("\"Notes\"", "hidden")]
    [InlineData("\"secret\"", "secret")]
    [InlineData("1", "september")]
    [InlineData("2", "second")]
    [InlineData("\"2\"", "second")]
    [InlineData("\"2024\"", "second")]
    public async Task Sheet_is_chosen_by_name_or_number_of_a_visible_one(string choice, string value)
    {
        var sheet = JsonSerializer.Deserialize<SheetChoice?>(choice);
        Assert.Equal(choice, JsonSerializer.Serialize(sheet));
        var file = await FileFixture.PlanAsync(Workbook, FileFixture.Mapping(new FileFormat { Sheet = sheet }));
        Assert.Equal([value], file.Rows().Select(row => row.Cells));
    }

    [Theory]
    [InlineData("\"October\"", "\"October\" (the integration's file.sheet)")]
    [InlineData("3", "a visible sheet 3 (the integration's file.sheet)")]
    public async Task Sheet_that_isnt_there_fails_with_those_that_are(string choice, string expected)
    {
        var format = new FileFormat { Sheet = JsonSerializer.Deserialize<SheetChoice?>(choice) };
        var (code, message) = (await FileFixture.PlanAsync(Workbook, FileFixture.Mapping(format))).Error;
        Assert.Equal("missing-column", code);
        Assert.Equal(
            "the workbook: found the sheets \"Notes\" (hidden), \"September 2026\", \"2024\", \"Secret\" (hidden), "
            + $"expected {expected}", message);
    }

    [Fact]
    public async Task No_visible_sheet_is_said()
    {
        var error = (await FileFixture.PlanAsync(new HandMade().Sheet(Table("x"), "A", "hidden").Bytes())).Error;
        Assert.Equal(
            "the workbook: found the sheets \"A\" (hidden), expected a visible one; name the sheet as the integration's file.sheet",
            error.Message);
    }

    [Fact]
    public async Task Sheets_without_cells_are_none()
    {
        var error = (await FileFixture.PlanAsync(new HandMade { SheetType = "chartsheet" }.Sheet(Table("x")).Bytes())).Error;
        Assert.Equal("not-a-csv", error.Code);
        Assert.Contains("no sheet with cells", error.Message);
    }

    [Fact]
    public async Task Empty_sheet_is_an_empty_file() =>
        Assert.Equal(
            "empty-file", (await FileFixture.PlanAsync(new HandMade().Sheet("<row r=\"9\"><c s=\"1\"/></row>").Bytes())).Error.Code);

    [Fact]
    public async Task Line_is_the_sheets_row_whatever_breaks_its_cells_have()
    {
        const string Title = "<row r=\"2\"><c t=\"inlineStr\"><is><t>Usage&#10;of&#10;October</t></is></c></row>";
        const string Rows = "<row r=\"5\"><c t=\"inlineStr\"><is><t>id</t></is></c></row><row r=\"6\"><c><v>1</v></c></row>"
            + "<row r=\"8\"><c t=\"inlineStr\"><is><t>Total</t></is></c></row>";
        var format = new FileFormat { HeaderRow = 5, IgnoreRows = [new IgnoreRule { Column = "id", StartsWith = "total" }] };
        var file = await FileFixture.PlanAsync(new HandMade().Sheet(Title + Rows).Bytes(), FileFixture.Mapping(format));
        Assert.Equal([2L, 8L], file.Plan.Ignored.SelectMany(ignored => ignored.Samples.Select(sample => sample.Line)));
        Assert.Equal([(1L, "1")], file.Rows().Select(row => (row.Row, row.Cells)));
    }

    private static string Table(string value) =>
        "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>id</t></is></c></row>"
        + $"<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>{value}</t></is></c></row>";
}
