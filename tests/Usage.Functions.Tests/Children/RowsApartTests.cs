using Usage.Core.Runs;
using Usage.Functions.Tests.Imports;

namespace Usage.Functions.Tests.Children;

/// <summary>Files in which rejected rows come back so that nobody can tell which they are.</summary>
public sealed class RowsApartTests(ImportHost host)
{
    private readonly CorrectedFile _file = new(host);

    [Theory]
    [InlineData("a row that was recorded", "rows-apart",
        "row 1, column \"_row\": found \"1\", expected the number of a row that the run rejected")]
    [InlineData("a row that the file doesn't have", "rows-apart", "found \"9\"")]
    [InlineData("a row twice", "rows-apart", "row 5, column \"_row\": found 2 again, expected each row once")]
    [InlineData("a cell too many", "rows-apart", "row 5: found 10 cells, expected 9 as in the header")]
    [InlineData("another column", "missing-column", "expected \"seats\" too")]
    [InlineData("a column twice", "duplicate-column", "found \"seats\" more than once")]
    public async Task What_is_wrong_is_told_and_nothing_is_recorded(string what, string code, string message)
    {
        var (integration, parent) = await _file.ImportAsync(CorrectedFile.Rows);
        var lines = CorrectedFile.Corrected(await _file.RejectedAsync(parent.Id));
        string[] wrong = what switch
        {
            "a row that was recorded" => Replace("08-02,5,2,", "08-02,5,1,"),
            "a row that the file doesn't have" => Replace("08-02,5,2,", "08-02,5,9,"),
            "a row twice" => [.. lines, lines[1]],
            "a cell too many" => [.. lines, lines[1] + ",x"],
            "another column" => Replace(",seats,", ",places,"),
            _ => [lines[0].Replace(",seats,", ",seats,seats,", StringComparison.Ordinal),
                lines[1].Replace(",5,2,", ",5,5,2,", StringComparison.Ordinal)],
        };

        var fix = await _file.DropAsync(integration, wrong);

        Assert.Equal((RunKind.Fix, RunStatus.Failed, parent.Id, code), (fix.Kind, fix.Status, fix.Parent, fix.Error?.Code));
        Assert.Contains(message, fix.Error!.Message, StringComparison.Ordinal);
        Assert.Equal(["acme 2026-08-01 1"], await host.StoredAsync(integration));

        string[] Replace(string old, string other) => [.. lines.Select(line => line.Replace(old, other, StringComparison.Ordinal))];
    }
}
