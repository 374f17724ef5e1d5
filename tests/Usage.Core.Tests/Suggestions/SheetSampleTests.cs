using Usage.Core.Tests.Files.Workbooks;

namespace Usage.Core.Tests.Suggestions;

/// <summary>What is looked at of a workbook's sheet, whose rows end with their last cell that holds something.</summary>
public sealed class SheetSampleTests
{
    [Fact]
    public async Task Rows_that_end_before_the_header_does_are_looked_at()
    {
        static string Text(string text) => $"""<c t="inlineStr"><is><t>{text}</t></is></c>""";
        var rows = string.Concat(Enumerable.Range(1, 9).Select(i => $"<row>{Text($"CUST00{i % 3}")}<c><v>{i}</v></c></row>"));
        var book = new HandMade().Sheet($"<row>{Text("customer_id")}{Text("mau")}{Text("note")}</row>{rows}").Bytes();

        var told = await SampleTests.SuggestAsync(new MemoryStream(book));

        Assert.Equal([(0L, "Text"), (0L, "Numeric"), (9L, "Blank")], told.Columns.Select(column => (column.Blank, $"{column.Type}")));
        Assert.Empty(told.File.Ignored);
        Assert.Empty(told.Warnings);
    }

    [Fact]
    public async Task First_sheet_that_has_no_table_is_told_with_the_others()
    {
        static string Text(string text) => $"""<c t="inlineStr"><is><t>{text}</t></is></c>""";
        var book = new HandMade().Sheet($"<row>{Text("Made by billing")}</row><row>{Text("for you")}</row>")
            .Sheet($"<row>{Text("customer_id")}{Text("mau")}</row><row>{Text("CUST001")}<c><v>1</v></c></row>").Bytes();

        var told = await SampleTests.SuggestAsync(new MemoryStream(book));

        Assert.Equal("Usage", told.File.Sheet);
        Assert.Contains("sheet \"Usage\"", Assert.Single(told.Warnings, warning => warning.Code == "other-sheet").Message);
    }
}
