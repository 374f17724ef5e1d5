using Usage.Core.Reports;
using Usage.Core.Values;

namespace Usage.Core.Tests.Reports;

public sealed class CsvLineTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData(" =1", "' =1")]
    [InlineData("\u00A0=1", "'\u00A0=1")]
    [InlineData("'=1", "''=1")]
    [InlineData("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"")]
    public void Text_that_a_spreadsheet_would_run_is_kept_from_it(string text, string cell) => Assert.Equal($"{cell}\r\n", new CsvLine().Add(UsageValue.Of(text)).End());

    [Theory]
    [InlineData("-5", "-5")]
    [InlineData("+1.5", "+1.5")]
    [InlineData("a=b", "a=b")]
    [InlineData("it's", "it's")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("a\nb", "\"a\nb\"")]
    [InlineData("", "")]
    public void Other_text_stands_as_it_is(string text, string cell) => Assert.Equal($"{cell}\r\n", new CsvLine().Add(text).End());

    [Fact]
    public void Values_stand_as_they_are_and_the_next_line_begins_anew()
    {
        var line = new CsvLine();
        Assert.Equal("acme,-1.5,true,,1E+21\r\n", line.Add("acme").Add(UsageValue.Of(-1.5)).Add(UsageValue.Of(true)).Add((UsageValue?)null).Add(UsageValue.Of(1e21)).End());
        Assert.Equal("0.1,false\r\n", line.Add(UsageValue.Of(0.1)).Add(UsageValue.Of(false)).End());
    }
}
