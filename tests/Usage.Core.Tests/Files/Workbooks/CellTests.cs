namespace Usage.Core.Tests.Files.Workbooks;

public sealed class CellTests
{
    [Theory]
    [InlineData("<c><v>500</v></c>", "500")]
    [InlineData("<c t=\"n\"><v>33.333333333333336</v></c>", "33.333333333333336")]
    [InlineData("<c><v>0.30000000000000004</v></c>", "0.30000000000000004")]
    [InlineData("<c><v>-1.5E-7</v></c>", "-1.5E-7")]
    [InlineData("<c><v>1.2345678901234567E+19</v></c>", "1.2345678901234567E+19")]
    [InlineData("<c><v>1001.0</v></c>", "1001")]
    [InlineData("<c><v>1E3</v></c>", "1000")]
    [InlineData("<c><v>9007199254740993</v></c>", "9007199254740993")]
    public Task Number_is_as_stored(string cell, string text) => Is(cell, text);

    [Theory]
    [InlineData("<c t=\"s\"><v>1</v></c>", "\"second \"\"one\"\"\"")]
    [InlineData("<c t=\"s\"><v>2</v></c>", "\"of many looks\"")]
    [InlineData("<c t=\"inlineStr\"><is><r><t>in</t></r><r><t xml:space=\"preserve\"> line</t></r></is></c>", "\"in line\"")]
    [InlineData("<c t=\"str\"><f>A1&amp;\"x\"</f><v>calculated</v></c>", "\"calculated\"")]
    [InlineData("<c t=\"inlineStr\"><is><t>a_x000A_b _x005F_x000A_ _x00</t></is></c>", "\"a\nb _x000A_ _x00\"")]
    [InlineData("<c t=\"inlineStr\"><is><t><![CDATA[1 < 2]]></t></is></c>", "\"1 < 2\"")]
    [InlineData("<c t=\"inlineStr\"><is><t>00123</t></is></c>", "\"00123\"")]
    public Task Text_is_in_quotes(string cell, string text) => Is(cell, text);

    [Theory]
    [InlineData("<c t=\"b\"><v>1</v></c>", "true")]
    [InlineData("<c t=\"b\"><f>FALSE()</f><v>0</v></c>", "false")]
    public Task Boolean_is_a_word(string cell, string text) => Is(cell, text);

    [Theory]
    [InlineData("<c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>", "\"#DIV/0!\"")]
    [InlineData("<c t=\"e\"><v>#N/A</v></c>", "\"#N/A\"")]
    [InlineData("<c><f>SUM(A1:A2)</f></c>", "\"=SUM(A1:A2)\"")]
    [InlineData("<c><v>12,5</v></c>", "\"12,5\"")]
    [InlineData("<c><v>NaN</v></c>", "\"NaN\"")]
    [InlineData("<c t=\"b\"><v>x</v></c>", "\"x\"")]
    [InlineData("<c t=\"z\"><v>x</v></c>", "\"x\"")]
    [InlineData("<c t=\"d\"><v>2024-10-15T00:00:00</v></c>", "\"2024-10-15T00:00:00\"")]
    public Task What_is_there_is_never_a_blank(string cell, string text) => Is(cell, text);

    [Theory]
    [InlineData("<c s=\"1\"/>")]
    [InlineData("<c s=\"1\"><v></v></c>")]
    [InlineData("<c t=\"str\"><f>\"\"</f><v></v></c>")]
    [InlineData("<c t=\"inlineStr\"><is/></c>")]
    [InlineData("<c t=\"s\"><v>3</v></c>")]
    public Task What_is_empty_is_a_blank(string cell) => Is($"{cell}<c><v>1</v></c>", ",1");

    [Theory]
    [InlineData("<c s=\"1\"><v>45580</v></c>", "2024-10-15")]
    [InlineData("<c s=\"2\"><v>45580.75</v></c>", "2024-10-15T18:00:00")]
    [InlineData("<c s=\"1\"><v>45579.9999999999</v></c>", "2024-10-15")]
    [InlineData("<c s=\"1\"><f>TODAY()</f><v>45580</v></c>", "2024-10-15")]
    [InlineData("<c s=\"3\"><v>0.5</v></c>", "0.5")]
    [InlineData("<c s=\"4\"><v>1.25</v></c>", "1.25")]
    [InlineData("<c s=\"1\"><v>-3</v></c>", "-3")]
    [InlineData("<c s=\"1\"><v>0.5</v></c>", "0.5")]
    [InlineData("<c s=\"1\"><v>2958466</v></c>", "2958466")]
    [InlineData("<c s=\"99\"><v>45580</v></c>", "45580")]
    public Task Number_is_a_date_where_its_format_is_one(string cell, string text) => Is(cell, text);

    [Fact]
    public async Task Days_may_count_from_1904()
    {
        var workbook = new HandMade { WorkbookProperties = "<workbookPr date1904=\"1\"/>" };
        Assert.Equal("2024-10-15", await WorkbookFixture.RowAsync("<c s=\"1\"><v>44118</v></c>", workbook));
    }

    [Fact]
    public async Task Declared_format_counts_and_those_of_other_lists_dont()
    {
        var workbook = new HandMade { Formats = ["0.0 &quot;days&quot;", "[$-407]d\\. mmm yyyy;@"] };
        var row = await WorkbookFixture.RowAsync("<c s=\"5\"><v>45580</v></c><c s=\"6\"><v>45580</v></c>", workbook);
        Assert.Equal("45580,2024-10-15", row);
    }

    [Fact]
    public async Task Cell_stands_in_its_column_and_row_in_its_line()
    {
        var staged = await WorkbookFixture.StagedAsync(new HandMade().Sheet(
            "<row r=\"3\"><c r=\"B3\" t=\"inlineStr\"><is><t>id</t></is></c></row>"
            + "<row r=\"4\" hidden=\"1\"><c r=\"B4\"><v>1</v></c><c r=\"AB4\"><v>2</v></c></row><row><c r=\"A5\" s=\"1\"/></row>").Bytes());
        Assert.Equal($"\"\"\r\n\"\"\r\n,\"id\"\r\n,1{new string(',', 26)}2\r\n\"\"\r\n", staged);
    }

    private static async Task Is(string cell, string text)
    {
        var workbook = new HandMade
        {
            SharedStrings = "<si><t>first</t></si><si><t>second \"one\"</t></si>"
                + "<si><r><rPr><b/></rPr><t xml:space=\"preserve\">of many </t></r><r><t>looks</t></r>"
                + "<rPh sb=\"0\" eb=\"1\"><t>x</t></rPh></si>"
                + "<si><t/></si>",
        };
        Assert.Equal(text, await WorkbookFixture.RowAsync(cell, workbook));
    }
}
