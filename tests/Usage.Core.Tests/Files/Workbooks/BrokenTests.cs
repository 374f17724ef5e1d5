using System.IO.Compression;
using System.Text;

namespace Usage.Core.Tests.Files.Workbooks;

public sealed class BrokenTests
{
    private const string Broken = "the file: found a broken Excel workbook (";

    private static readonly byte[] Whole = new HandMade { SharedStrings = "<si><t>id</t></si>" }
        .Sheet("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row><row r=\"2\"><c r=\"A2\"><v>1</v></c></row>").Bytes();

    [Fact]
    public async Task Cut_short() => Assert.StartsWith(Broken, await MessageAsync(Whole[..(Whole.Length / 2)]));

    [Fact]
    public async Task Of_its_first_bytes_only() => Assert.StartsWith(Broken, await MessageAsync(Whole[..60]));

    [Fact]
    public async Task Other_bytes_than_were_packed()
    {
        // The directory has the checksums.
        var changed = Whole.ToArray();
        var entry = Find(changed, "xl/worksheets/sheet1.xml", last: true);
        changed[entry - 46 + 16] ^= 1;
        Assert.Equal(
            "the file: found a broken Excel workbook (other bytes in \"xl/worksheets/sheet1.xml\" than were packed), expected a whole one; "
            + "open it in Excel, save it anew and drop that", await MessageAsync(changed));
    }

    [Fact]
    public async Task A_part_twice()
    {
        using var file = new MemoryStream();
        file.Write(Whole);
        using (var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
        {
            using var part = zip.CreateEntry("XL/worksheets/sheet1.xml").Open();
            part.Write("<worksheet/>"u8);
        }

        Assert.Contains("the part \"xl/worksheets/sheet1.xml\" twice", await MessageAsync(file.ToArray()));
    }

    [Theory]
    [InlineData("<row r=\"2\"/><row r=\"1\"/>", "row 1 behind row 2")]
    [InlineData("<row r=\"x\"/>", "\"x\" as r of row, which is no number")]
    [InlineData("<row r=\"1\"><c r=\"B1\"/><c r=\"A1\"/></row>", "a cell \"A1\" in row 1 where it can't be")]
    [InlineData("<row r=\"1\"><c r=\"A2\"/></row>", "a cell \"A2\" in row 1 where it can't be")]
    [InlineData("<row r=\"1\"><c t=\"s\"><v>1</v></c></row>", "a cell with text \"1\", which isn't there")]
    [InlineData("<row r=\"1\"><c t=\"s\"><v>-1</v></c></row>", "a cell with text \"-1\", which isn't there")]
    [InlineData("<row r=\"1\"></rom>", "rom")]
    [InlineData("<row r=\"1\">&nothing;</row>", "nothing")]
    public async Task Sheet_that_cant_be_one(string rows, string message)
    {
        var error = await MessageAsync(new HandMade { SharedStrings = "<si><t>id</t></si>" }.Sheet(rows).Bytes());
        Assert.StartsWith(Broken, error);
        Assert.Contains(message, error);
    }

    [Theory]
    [InlineData("xl/sharedStrings.xml", "<sst><si>")]
    [InlineData("xl/styles.xml", "nothing")]
    [InlineData("xl/workbook.xml", "")]
    [InlineData("_rels/.rels", "\0\0")]
    public async Task Part_that_cant_be_read(string part, string content) =>
        Assert.StartsWith(Broken, await MessageAsync(new HandMade().Sheet("<row/>").Part(part, content).Bytes()));

    [Theory]
    [InlineData("xl/workbook.bin", "a binary Excel workbook (.xlsb)")]
    [InlineData("word/document.xml", "a Word document (.docx)")]
    [InlineData("ppt/presentation.xml", "an Office document that is no Excel workbook")]
    public async Task Other_office_documents(string main, string what) =>
        Assert.StartsWith($"the file: found {what}, expected a CSV file", await MessageAsync(new HandMade { MainPart = main }.Bytes()));

    [Fact]
    public async Task With_a_password()
    {
        byte[] file = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, .. new byte[1000], .. Encoding.Unicode.GetBytes("EncryptedPackage")];
        Assert.Equal(
            "the file: found an Excel workbook with a password (encrypted), expected a CSV file, which is plain text; "
            + "take the password off in Excel, save it and drop that", await MessageAsync(file));
    }

    [Fact]
    public async Task Packed_with_gzip()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(Whole);
        Assert.Equal(
            "the file: found an Excel workbook (.xlsx) packed with gzip, expected a CSV file, which is plain text; unpack it and drop that",
            await MessageAsync(packed.ToArray()));
    }

    [Fact]
    public async Task Macros_are_left_alone()
    {
        var workbook = new HandMade { SharedStrings = "<si><t>id</t></si>" }
            .Sheet("<row><c t=\"s\"><v>0</v></c></row><row><c><v>1</v></c></row>").Part("xl/vbaProject.bin", "anything");
        Assert.Equal(1, (await FileFixture.PlanAsync(workbook.Bytes(), name: "x.xlsm")).Plan.Rows);
    }

    private static async Task<string> MessageAsync(byte[] file)
    {
        var (code, message) = (await FileFixture.PlanAsync(file)).Error;
        Assert.Equal("not-a-csv", code);
        return message;
    }

    private static int Find(byte[] file, string name, bool last) =>
        last ? file.AsSpan().LastIndexOf(Encoding.UTF8.GetBytes(name)) : file.AsSpan().IndexOf(Encoding.UTF8.GetBytes(name));
}
