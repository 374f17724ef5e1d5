using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Usage.Core.Values;

namespace Usage.Core.Tests.Files;

/// <summary>
/// A file read in batches, cut at every possible place, gives the records of the file read whole, and those the rules say.
/// </summary>
public sealed class RecordBoundaryTests
{
    private const string Header = "id,a,b\n";

    [Fact]
    public async Task Nasty_files_are_read_as_the_rules_say_however_they_are_cut()
    {
        for (var seed = 0; seed < 500; seed++) await AgreesAsync(NastyText.Make(seed, 60), $"seed {seed}");
    }

    [Fact]
    public async Task Long_nasty_files_too()
    {
        for (var seed = 0; seed < 8; seed++) await AgreesAsync(NastyText.Make(-seed, 60_000), $"seed -{seed}");
    }

    [Fact]
    public async Task With_rows_that_are_ignored_too()
    {
        for (var seed = 0; seed < 500; seed++) await AgreesAsync(NastyText.Make(seed, 60), $"seed {seed}", ignored: "a");
    }

    [Fact]
    public void Any_bytes_at_all_too() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>(),
        bytes =>
            AgreesAsync(Encoding.Latin1.GetString(bytes), Convert.ToHexString(bytes)).GetAwaiter().GetResult()).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("EE8080")]
    [InlineData("C2A0EE82A0E28080")]
    [InlineData("F48FBFBF2C8520")]
    public Task Private_characters_and_odd_white_space_too(string hex) =>
        AgreesAsync(Encoding.Latin1.GetString(Convert.FromHexString(hex)), hex);

    private static async Task AgreesAsync(string rows, string which, string? ignored = null)
    {
        var text = Encoding.Latin1.GetBytes(Header + rows);
        var mapping = FileFixture.Mapping(new FileFormat
        {
            Delimiter = ",",
            Encoding = "utf-8",
            IgnoreRows = ignored is null ? [] : [new() { StartsWith = ignored }],
        });
        var expected = ReferenceReader.Read(Header + rows, ',').Skip(1)
            .Where(record => record.Unclosed || !IsIgnored(record.Raw, ignored)).ToList();
        var single = await FileFixture.PlanAsync(
            text, mapping, batchBytes: 1, chunk: 1 + Math.Abs(which.Length * 7919 + rows.Length) % 100);

        if (expected.Exists(record => record.Unclosed))
        {
            Assert.True(single.Outcome.Error?.Code == "unclosed-quote", $"{which}: {single.Outcome.Error?.Message}");
            Assert.Equal(expected.Count, single.Outcome.Rows);
            return;
        }
        Assert.True(single.Outcome.Plan is not null, $"{which}: {single.Outcome.Error?.Message}");
        var wanted = expected.Select(
            (record, i) =>
                $"{i + 1} {ReferenceReader.CodeOf(record, 3)} {string.Join('|', record.Cells.Select(ReferenceReader.Trim))}").ToList();
        Assert.True(wanted.SequenceEqual(Shown(single.Rows())), which);
        Assert.Equal(expected.Count, single.Plan.Rows);
        Assert.Equal(expected.Count, single.Plan.Batches.Count);
        if (expected.Count == 0) return;

        // One range from the first row to the last, then every stretch between two cuts that a larger batch can be.
        Assert.True(wanted.SequenceEqual(Shown(single.Rows(single.Whole))), which);
        foreach (var batchBytes in new[] { 2, 10, 100 })
        {
            var larger = await FileFixture.PlanAsync(text, mapping, batchBytes: batchBytes);
            Assert.True(wanted.SequenceEqual(Shown(larger.Rows())), $"{which}, batches of {batchBytes}");
            Assert.Equal(single.Whole, larger.Whole);
        }
    }

    private static bool IsIgnored(string raw, string? start)
    {
        var text = ReferenceReader.Trim(raw);
        if (text.StartsWith('"')) text = ReferenceReader.Trim(text[1..]);
        return start is not null && text.StartsWith(start, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Shown(IEnumerable<ReadRow> rows) => rows.Select(row => $"{row.Row} {row.Code} {row.Cells}");
}
