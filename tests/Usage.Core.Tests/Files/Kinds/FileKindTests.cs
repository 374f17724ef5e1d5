using System.Text;
using Usage.Core.Values;

namespace Usage.Core.Tests.Files.Kinds;

public sealed class FileKindTests
{
    [Theory]
    [InlineData("PK\u0003\u0004\u0014\0\0\0usage.csv", "a zip archive")]
    [InlineData("PK\u0003\u0004\u0014\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "an OpenDocument spreadsheet (.ods)")]
    [InlineData("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1\0\0", "an old Excel workbook (.xls), or one with a password")]
    [InlineData("PAR1\u0015\u0004\u0015\u0010", "a Parquet file")]
    [InlineData("%PDF-1.7\n%x", "a PDF document")]
    [InlineData("\n %PDF-1.7\n%x", "a PDF document")]
    [InlineData("\u00ef\u00bb\u00bf%PDF-1.4\n%x", "a PDF document")]
    [InlineData("\u0089PNG\r\n\u001a\n", "a PNG image")]
    [InlineData("\u00ff\u00d8\u00ff\u00e0", "a JPEG image")]
    [InlineData("7z\u00bc\u00af\u0027\u001c", "a 7z archive")]
    [InlineData("\n <!DOCTYPE html>\n<html><body>Sign in</body></html>", "an HTML page")]
    [InlineData("<table><tr><td>id</td></tr></table>", "an HTML page")]
    [InlineData("<?xml version=\"1.0\"?>\n<Error><Code>AccessDenied</Code></Error>", "XML")]
    [InlineData("<!-- report -->\n<table><tr><td>id</td></tr></table>", "an HTML page")]
    [InlineData("<!-- a --> <!-- <b> -->\n<!DOCTYPE html>\n<p>", "an HTML page")]
    [InlineData("<!-- a -->\n<?xml version=\"1.0\"?><html/>", "an HTML page")]
    [InlineData("<!-- report -->\n<rows>\n <row/></rows>", "XML")]
    [InlineData("<!-- report", "XML")]
    [InlineData("<rows>\n <row/></rows>", "XML")]
    [InlineData("{\"items\": []}", "JSON")]
    [InlineData("[\n  {\"id\": 1}]", "JSON")]
    [InlineData("[1, 2.5, null]", "JSON")]
    [InlineData("[true]", "JSON")]
    [InlineData("id\u0001\u0002,n\n1,2\n", "something that isn't text")]
    public async Task What_is_no_csv_is_refused_with_what_it_is(string latin1, string what)
    {
        foreach (var name in new[] { "x.csv", "x.zip", "x" })
        {
            var (code, message) = (await FileFixture.PlanAsync(Encoding.Latin1.GetBytes(latin1), name: name)).Error;
            Assert.Equal("not-a-csv", code);
            Assert.StartsWith($"the file: found {what}", message);
            Assert.Contains("expected a CSV file", message);
        }
    }

    [Theory]
    [InlineData("utf-16", false, "UTF-16 without")]
    [InlineData("utf-16BE", false, "UTF-16 without")]
    [InlineData("utf-32", false, "UTF-32")]
    [InlineData("utf-32BE", false, "UTF-32")]
    [InlineData("utf-32", true, "UTF-32")]
    [InlineData("utf-32BE", true, "UTF-32")]
    public async Task Other_unicode_is_named(string name, bool marked, string what)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] file = [.. marked ? encoding.GetPreamble() : [], .. encoding.GetBytes("id,n\n1,2\n")];
        Assert.Contains(what, (await FileFixture.PlanAsync(file)).Error.Message);
    }

    [Theory]
    [InlineData("клиент,mau\nC01,5\n", "клиент")]
    [InlineData("клиент;человек\r\nООО «Лилия»;5\r\n", "клиент")]
    [InlineData("顧客,利用者数\n株式会社サンプル,5\n", "顧客")]
    [InlineData("不動産\t数\n会社\t5\n", "不動産")]
    [InlineData("العميل,العدد\nشركة,5", "العميل")]
    [InlineData("Ā,n\n1,2\n", "Ā")]
    [InlineData("😀\n1\n\0\0", "😀")]
    public async Task Utf16_of_any_script_is_named_and_read_once_it_is_declared(string text, string key)
    {
        var longer = text.TrimEnd('\0') + string.Concat(Enumerable.Repeat(text[(text.IndexOf('\n') + 1)..].TrimEnd('\0'), 500));
        foreach (var encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode })
            foreach (var bytes in new[] { encoding.GetBytes(text), encoding.GetBytes(longer) })
            {
                var (code, message) = (await FileFixture.PlanAsync(bytes, FileFixture.Mapping(key: key))).Error;
                Assert.Equal("not-a-csv", code);
                Assert.Contains("UTF-16 without a byte order mark, expected a CSV file, which is plain text; declare utf-16", message);
                var declared = FileFixture.Mapping(new FileFormat { Encoding = "utf-16" }, key);
                Assert.Equal(key, (await FileFixture.PlanAsync(bytes, declared)).Plan.Header[0]);
            }
    }

    [Theory]
    [InlineData("id,n\n1,\0\n2,\0\n")]
    [InlineData("id,n\n1,\0\n,\02,3\n,\0")]
    public async Task Nuls_beside_separators_make_no_utf16(string text) =>
        Assert.Equal("id", (await FileFixture.PlanAsync(text)).Plan.Header[0]);

    [Fact]
    public async Task Random_bytes_are_no_utf16()
    {
        var random = new Random(1);
        for (var i = 0; i < 300; i++)
        {
            var bytes = new byte[random.Next(20, 3000)];
            random.NextBytes(bytes);
            for (var zero = 0; zero < bytes.Length / 3; zero++) bytes[random.Next(bytes.Length)] = 0;
            if ((await FileFixture.PlanAsync([1, .. bytes])).Outcome.Error is { } error) Assert.DoesNotContain("UTF-16", error.Message);
        }
    }

    [Fact]
    public async Task Markup_is_found_in_utf16_too() =>
        Assert.Contains("HTML", (await FileFixture.PlanAsync([0xff, 0xfe, .. Encoding.Unicode.GetBytes("<html><body>")])).Error.Message);

    [Theory]
    [InlineData("<id>,<n>\n1,2\n", "<id>")]
    [InlineData("[id],[n]\n1,2\n", "[id]")]
    [InlineData("{id};{n}\n1;2\n", "{id}")]
    [InlineData("PAR1,n\n1,2\n", "PAR1")]
    [InlineData("PK,n\n1,2\n", "PK")]
    [InlineData("BM,n\n1,2\n", "BM")]
    [InlineData("\"id\",n\n1,2\n", "id")]
    [InlineData("id\0\0", "id")]
    [InlineData("id,n\u001a\r\n", "id")]
    public async Task Odd_headers_are_text(string text, string key) =>
        Assert.Equal(key, (await FileFixture.PlanAsync(text, FileFixture.Mapping(key: key))).Plan.Header[0]);

    [Fact]
    public async Task Declared_utf16_is_no_other_kind()
    {
        var mapping = FileFixture.Mapping(new FileFormat { Encoding = "utf-16" });
        Assert.Equal(1, (await FileFixture.PlanAsync(Encoding.Unicode.GetBytes("id,n\n1,2\n"), mapping)).Plan.Rows);
        Assert.Contains("a zip archive", (await FileFixture.PlanAsync("PK\u0003\u0004", mapping)).Error.Message);
    }

    [Theory]
    [InlineData("id,n\n1,2\n", "text in UTF-8")]
    [InlineData("id,n\n1,\u00e4\n\0\0", "text of one byte a character")]
    public async Task Declared_utf16_is_contradicted_by_bytes_without_nuls(string latin1, string what)
    {
        var mapping = FileFixture.Mapping(new FileFormat { Encoding = "utf-16" });
        var (code, message) = (await FileFixture.PlanAsync(Encoding.Latin1.GetBytes(latin1), mapping)).Error;
        Assert.Equal("not-a-csv", code);
        Assert.StartsWith($"the file: found {what}, expected UTF-16, which the integration declares", message);
    }

    [Fact]
    public async Task Mended_file_is_utf8_though_utf16_is_declared()
    {
        var mapping = FileFixture.Mapping(new FileFormat { Encoding = "utf-16" });
        Assert.Equal(1, (await FileFixture.PlanAsync("id,n,_row\n1,2,7\n", mapping)).Plan.Rows);
    }
}
