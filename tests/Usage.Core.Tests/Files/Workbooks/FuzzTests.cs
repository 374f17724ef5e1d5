using System.IO.Compression;
using Usage.Core.Files;

namespace Usage.Core.Tests.Files.Workbooks;

/// <summary>Whatever a workbook's bytes become, it is read, or refused with a code: nothing else happens.</summary>
public sealed class FuzzTests
{
    private static readonly byte[] Workbook = new HandMade
    {
        SharedStrings = "<si><t>id</t></si><si><r><t>a</t></r></si>",
        Formats = ["yyyy-mm-dd"],
        WorkbookProperties = "<workbookPr/>",
    }.Sheet("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row><row r=\"2\"><c r=\"A2\" s=\"5\"><v>45580.5</v></c><c r=\"B2\"><f>A1</f>"
        + "<v>1</v></c></row><row r=\"3\"><c t=\"inlineStr\"><is><t>x_x000A_y</t></is></c><c t=\"e\"><v>#N/A</v></c></row>").Bytes();

    private static readonly FileLimits Limits = new() { MaxUnpackedBytes = 1 << 20 };

    [Fact]
    public async Task Bytes_changed_at_random()
    {
        var random = new Random(13);
        for (var round = 0; round < 3000; round++)
        {
            var bytes = Workbook.ToArray();
            for (var change = random.Next(1, 9); change > 0; change--) bytes[random.Next(4, bytes.Length)] = (byte)random.Next(256);
            await IsReadOrRefusedAsync(bytes);
        }
    }

    [Fact]
    public async Task Bytes_left_out_doubled_or_cut()
    {
        var random = new Random(14);
        for (var round = 0; round < 2000; round++)
        {
            var (from, to) = (random.Next(4, Workbook.Length), random.Next(4, Workbook.Length));
            if (from > to) (from, to) = (to, from);
            await IsReadOrRefusedAsync(random.Next(3) switch
            {
                0 => [.. Workbook[..from], .. Workbook[to..]],
                1 => [.. Workbook[..to], .. Workbook[from..]],
                _ => Workbook[..to],
            });
        }
    }

    [Fact]
    public async Task Xml_changed_at_random()
    {
        var random = new Random(15);
        for (var round = 0; round < 3000; round++) await IsReadOrRefusedAsync(Changed(random));
    }

    [Fact]
    public async Task Random_bytes_behind_a_zips_first()
    {
        var random = new Random(16);
        for (var round = 0; round < 500; round++)
        {
            var bytes = new byte[random.Next(4, 2000)];
            random.NextBytes(bytes);
            "PK\u0003\u0004"u8.CopyTo(bytes);
            await IsReadOrRefusedAsync(bytes);
        }
    }

    /// <summary>One part's text is another one, packed as it should be.</summary>
    private static byte[] Changed(Random random)
    {
        using var file = new MemoryStream();
        using var whole = new ZipArchive(new MemoryStream(Workbook));
        var place = random.Next(whole.Entries.Count);
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < whole.Entries.Count; i++)
            {
                using var content = new MemoryStream();
                using (var part = whole.Entries[i].Open()) part.CopyTo(content);
                var bytes = content.ToArray();
                if (i == place)
                    for (var change = random.Next(1, 5); change > 0; change--)
                        bytes[random.Next(bytes.Length)] = (byte)"<>/\"= 09azAZ-&;\0x"[random.Next(17)];
                using var target = zip.CreateEntry(whole.Entries[i].FullName, CompressionLevel.Fastest).Open();
                target.Write(bytes);
            }
        }

        return file.ToArray();
    }

    private static async Task IsReadOrRefusedAsync(byte[] bytes)
    {
        var outcome = (await FileFixture.PlanAsync(bytes, limits: Limits)).Outcome;
        Assert.True(outcome.Plan is not null ^ outcome.Error is { Code.Length: > 0, Message.Length: > 0 });
    }
}
