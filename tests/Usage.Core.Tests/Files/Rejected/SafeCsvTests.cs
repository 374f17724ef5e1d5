using System.Text;
using Usage.Core.Files;
using Usage.Core.Values;

namespace Usage.Core.Tests.Files.Rejected;

public sealed class SafeCsvTests
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
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("＋1", "'＋1")]
    [InlineData("－1", "'－1")]
    [InlineData("＠SUM(A1)", "'＠SUM(A1)")]
    [InlineData("﹦1", "'﹦1")]
    [InlineData("\u200B=1", "'\u200B=1")]
    [InlineData("\uFEFF＝1", "'\uFEFF＝1")]
    [InlineData("\u202E\u200F @SUM(A1)", "'\u202E\u200F @SUM(A1)")]
    [InlineData("\u0001=1", "'\u0001=1")]
    [InlineData("\u200B'=1", "'\u200B'=1")]
    [InlineData("\uFE0F=1", "'\uFE0F=1")]
    [InlineData("\u034F\u115F=1", "'\u034F\u115F=1")]
    [InlineData("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"")]
    public void Text_that_a_spreadsheet_would_run_is_kept_from_it(string text, string cell) =>
        Assert.Equal($"{cell},\r\n", Row(UsageValue.Of(text), null));

    [Theory]
    [InlineData("-5", "-5")]
    [InlineData("+1.5", "+1.5")]
    [InlineData("\u200B-5", "\u200B-5")]
    [InlineData("\u200Ba=b", "\u200Ba=b")]
    [InlineData("1＋1", "1＋1")]
    [InlineData("a=b", "a=b")]
    [InlineData("it's", "it's")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("a\nb", "\"a\nb\"")]
    [InlineData("", "")]
    public void Other_text_stands_as_it_is(string text, string cell) => Assert.Equal($"{cell},\r\n", Row(UsageValue.Of(text), null));

    [Fact]
    public void Values_stand_as_they_are() =>
        Assert.Equal("acme,-1.5,true,,1E+21,0.1,false\r\n",
            Row(UsageValue.Of("acme"), UsageValue.Of(-1.5), UsageValue.Of(true), null, UsageValue.Of(1e21), UsageValue.Of(0.1),
                UsageValue.Of(false)));

    [Fact]
    public void Mark_comes_once_and_first()
    {
        using var bytes = new MemoryStream();
        using (var csv = new SafeCsv(bytes, mark: true))
        {
            for (var row = 0; row < 2; row++)
            {
                csv.Write("a");
                csv.WritePlain("=b");
                csv.EndRow();
            }
        }

        Assert.Equal("\uFEFFa,=b\r\na,=b\r\n"u8, bytes.ToArray());
    }

    private static string Row(params UsageValue?[] values)
    {
        using var bytes = new MemoryStream();
        using (var csv = new SafeCsv(bytes, mark: false))
        {
            foreach (var value in values) csv.Write(value);
            csv.EndRow();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
