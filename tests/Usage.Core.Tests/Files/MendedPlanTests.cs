using System.IO.Compression;
using System.Text;
using Usage.Core.Files;
using Usage.Core.Values;

namespace Usage.Core.Tests.Files;

/// <summary>A file that is planned with mends is read as the file that has them would be.</summary>
public sealed class MendedPlanTests
{
    private const string Text = "Report\nid,day,n\na,03/04/2024,x\n\nTOTAL,,9\nb,05/06/2024,N/A\nc,1\nd,05/06/2024,\u00e9\n";

    private static readonly Mends Mends = new()
    {
        Rules = [new MendRule("n", "N/A", "0"), new MendRule("id", "a", "TOTAL")],
        Rows =
        [
            new MendedRow(1, new Dictionary<string, string> { ["day"] = "15/04/2024" }),
            new MendedRow(3, new Dictionary<string, string> { ["ID"] = "c", ["n"] = "say \"3\", not 4" }),
        ],
    };

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", false)]
    [InlineData("iso-8859-1", false)]
    public async Task Rows_are_read_with_them_and_their_numbers_stay(string encoding, bool packed)
    {
        var bytes = Encoding.GetEncoding(encoding).GetPreamble().Concat(Encoding.GetEncoding(encoding).GetBytes(Text)).ToArray();
        var mapping = FileFixture.Mapping(
            new FileFormat { IgnoreRows = [new IgnoreRule { StartsWith = "TOTAL" }] }, date: "day", columns: ["n"]);
        Assert.Equal("date-order-undecided", (await FileFixture.PlanAsync(packed ? Pack(bytes) : bytes, mapping)).Error.Code);

        // One row a batch: each reader has the mends of its rows.
        var file = await FileFixture.PlanAsync(packed ? Pack(bytes) : bytes, mapping, batchBytes: 1, mends: Mends);

        Assert.Equal(4, file.Plan.Rows);
        Assert.Equal(
            ["1 TOTAL|15/04/2024|x", "2 b|05/06/2024|0", "3 c||say \"3\", not 4", "4 d|05/06/2024|\u00e9"],
            file.Plan.Batches.SelectMany(batch => Rows(file, batch)));
        Assert.Equal("DayFirst", $"{file.Plan.DateOrders["day"]}");
    }

    /// <summary>A rule is about the text in the file, not about what another rule makes of it.</summary>
    [Fact]
    public async Task Rules_may_swap_texts()
    {
        var file = await FileFixture.PlanAsync(
            Encoding.UTF8.GetBytes("id,day,n\na,x,yes\nb,x,no\n"), FileFixture.Mapping(columns: ["n"]),
            mends: new Mends { Rules = [new MendRule("n", "yes", "no"), new MendRule("n", "no", "yes"), new MendRule("n", "yes", "?")] });

        Assert.Equal(["1 a|x|no", "2 b|x|yes"], file.Plan.Batches.SelectMany(batch => Rows(file, batch)));
    }

    private static IEnumerable<string> Rows(PlannedFile file, BatchRange batch)
    {
        using var reader = file.Open(batch);
        while (reader.Read())
        {
            Assert.Null(reader.Broken);
            var cells = Enumerable.Range(0, 3).Select(column => Encoding.UTF8.GetString(reader.GetCell(column)));
            yield return $"{reader.Row} {string.Join('|', cells)}";
        }
    }

    private static byte[] Pack(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
    }
}
