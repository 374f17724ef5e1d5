using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Usage.Core;
using Usage.Core.Runs;
using Usage.Core.Values;
using Usage.Functions.Tests.Runs;
using Usage.Testing.Machine;
using Usage.Testing.Workbooks;

namespace Usage.Functions.Tests.Erasing;

/// <summary>What an erase takes out of copies of files, whatever they are, and out of what runs say of lines that are no rows.</summary>
[Collection(EraseTestGroup.Name)]
public sealed class ErasedTextTests(EraseHost host)
{
    [SlowTheory]
    [InlineData("gzip")]
    [InlineData("utf-16")]
    [InlineData("windows-1252")]
    [InlineData("xlsx")]
    public async Task Copies_lose_its_rows_however_the_file_was_written(string kind)
    {
        var integration = await host.AddIntegrationAsync();
        var (gone, stays) = (await host.AddAccountAsync(), await host.AddAccountAsync());
        string[][] rows =
        [
            ["account", "day", "seats"], [$"{gone}", "2026-10-01", "1"], [$"{stays}", "2026-10-01", "2"], [$"{gone}", "2026-10-02", "é"],
        ];
        var run = await host.ImportAsync(await host.DropBytesAsync(integration.Id.Value, Written(kind, rows), $"{kind}.csv"));
        Assert.Equal((1, 1), (run.Rows.Partial + run.Rows.Empty + run.Rows.Invalid, run.Rows.Recorded - 1));
        Assert.NotEmpty(await StoredTexts.FindAsync(host, run.Id, [gone.Value]));

        await host.EraseAsync(gone);

        Assert.Empty(await StoredTexts.FindAsync(host, run.Id, [gone.Value]));
        Assert.Equal([$"{stays} 2026-10-01 2"], await host.StoredAsync(integration));
        Assert.Equal([2L], (await host.RowsAsync(run.Id)).Select(row => row.Row));
    }

    [Theory]
    [InlineData("")]
    [InlineData("gzip")]
    public async Task Lines_that_are_no_rows_lose_what_names_it(string kind)
    {
        var integration = await host.AddIntegrationAsync(change: one => one with
        {
            File = one.File with { IgnoreRows = [new IgnoreRule { StartsWith = "Total" }, new IgnoreRule { StartsWith = "#" }] },
        });
        var (gone, stays) = (await host.AddAccountAsync(), await host.AddAccountAsync());
        string[][] lines =
        [
            [$"Usage of {gone}", $"and {stays}"], ["account", "day", "seats"], [$"# {gone} comes later"], [$"{stays}", "2026-10-01", "2"],
            [$"Total of Name of {gone}", "", "2"], [$"{stays}", "2026-10-02", "3"], ["Total", "", "5"],
        ];
        var run = await host.ImportAsync(await host.DropBytesAsync(integration.Id.Value, Written(kind, lines), $"lines{kind}.csv"));
        Assert.Equal((2, 4), (run.Rows.Recorded, run.Ignored.Sum(one => one.Count)));
        Assert.NotEmpty(await StoredTexts.FindAsync(host, run.Id, [gone.Value]));

        var erase = await host.EraseAsync(gone);

        Assert.Empty(await StoredTexts.FindAsync(host, run.Id, [gone.Value]));
        Assert.Equal([run.Blob!], erase.Stays![0].Files);
        var left = (await host.Runs.GetAsync(run.Id, default)).Run;
        Assert.Equal((run.Rows, 4), (left.Rows, left.Ignored.Sum(one => one.Count)));
        Assert.DoesNotContain(gone.Value, Told(left), StringComparison.Ordinal);
        Assert.Equal([["Total,,5"]], left.Ignored.Select(one => one.Samples.Select(sample => sample.Text)).Where(one => one.Any()));
        var again = await host.AgainAsync(run.Id);
        Assert.Equal((run.Rows, new ChangeCounts(0, 0, 2, 0)), (again.Rows, again.Changes));
    }

    [Fact]
    public async Task Failure_that_quotes_it_says_so_no_more()
    {
        var integration = await host.AddIntegrationAsync();
        var gone = await host.AddAccountAsync();
        var run = await host.ImportAsync(await host.DropBytesAsync(
            integration.Id.Value, Encoding.UTF8.GetBytes($"{gone},when,seats\nx,2026-10-01,1\n"), "headless.csv"));
        Assert.Contains(gone.Value, run.Error!.Message, StringComparison.Ordinal);

        await host.EraseAsync(gone);

        Assert.Empty(await StoredTexts.FindAsync(host, run.Id, [gone.Value]));
        var left = (await host.Runs.GetAsync(run.Id, default)).Run;
        Assert.DoesNotContain(gone.Value, Told(left), StringComparison.Ordinal);
        Assert.Equal(run.Error.Code, left.Error!.Code);
    }

    private static string Told(Run run) => JsonSerializer.Serialize(run, CoreJson.Options);

    private static byte[] Written(string kind, string[][] rows)
    {
        if (kind == "xlsx") return Sheet.Of(rows);
        var text = string.Concat(rows.Select(row => $"{string.Join(',', row)}\n"));
        if (kind == "") return Encoding.UTF8.GetBytes(text);
        if (kind == "utf-16") return [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)];
        if (kind == "windows-1252") return Encoding.Latin1.GetBytes(text);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
