using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Runs;
using Usage.Functions.Tests.Imports;
using Usage.Functions.Tests.Runs;
using Usage.Storage.Imports;
using Usage.Storage.Unmatched;
using Usage.Testing.Machine;

namespace Usage.Functions.Tests.Children;

/// <summary>Files in which the rejected rows of a run come back, as the app wrote them and corrected in any way.</summary>
public sealed class CorrectionTests(ImportHost host)
{
    private readonly CorrectedFile _file = new(host);

    /// <summary>A spreadsheet may have saved them with the delimiter of where it runs.</summary>
    [Theory, InlineData(false, ','), InlineData(true, ','), InlineData(false, ';'), InlineData(false, '\t')]
    public async Task Rejected_rows_that_come_back_are_a_fix_of_their_run(bool packed, char delimiter)
    {
        var (integration, parent) = await _file.ImportAsync(CorrectedFile.Rows);
        var lines = await _file.RejectedAsync(parent.Id);
        lines = [lines[0], .. lines[1..].Select(line => line
            .Replace("2026-08-02,N/A,2,", "2026-08-02,5,2,", StringComparison.Ordinal)
            .Replace(",,,4,", "globex,2026-08-01,1234,4,", StringComparison.Ordinal)
            .Replace("\"globex,2026-08-01,1,234\",", ",", StringComparison.Ordinal)).Reverse()];

        var fix = await _file.DropAsync(integration, [.. lines.Select(line => string.Join(delimiter, CorrectedFile.Cells(line)))], packed);

        Assert.Equal((RunKind.Fix, RunStatus.PartiallySucceeded, parent.Id), (fix.Kind, fix.Status, fix.Parent));
        Assert.Equal((parent.ArrivedAt, parent.Version, "drop"), (fix.ArrivedAt, fix.Version, fix.By));
        Assert.EndsWith("rejected.csv", fix.Blob, StringComparison.Ordinal);
        Assert.NotEqual(parent.Sha256, fix.Sha256);
        Assert.Equal((4, 2, 1, 1), (fix.Rows.Read, fix.Rows.Recorded, fix.Rows.Unmatched, fix.Rows.Invalid));
        Assert.Equal(["acme 2026-08-01 1", "acme 2026-08-02 5", "globex 2026-08-01 1234"], await host.StoredAsync(integration));
        Assert.Equal([fix.Id], (await RunAsync(parent.Id)).Children);
        // What is still bad is rejected by the fix, with the numbers that the rows have in the run's file.
        Assert.Equal(["3", "5"], (await _file.RejectedAsync(fix.Id))[1..].Select(line => line.Split(',')[3]));
        // What came is kept as it was.
        var kept = (await host.Get<SourceFiles>().FindPinnedAsync(fix.Id, default))!;
        Assert.NotEqual((await host.Runs.GetAsync(fix.Id, default)).Content, kept);
    }

    [Fact]
    public async Task Rows_that_come_back_as_they_were_are_rejected_again()
    {
        var (integration, parent) = await _file.ImportAsync(CorrectedFile.Rows);

        var fix = await _file.DropAsync(integration, await _file.RejectedAsync(parent.Id));

        Assert.Equal((RunKind.Fix, RunStatus.Failed, "nothing-recorded"), (fix.Kind, fix.Status, fix.Error?.Code));
        Assert.Equal((4, 1, 3), (fix.Rows.Read, fix.Rows.Unmatched, fix.Rows.Invalid));
        Assert.Equal(["acme 2026-08-01 1"], await host.StoredAsync(integration));
    }

    [SlowFact]
    public async Task Rows_of_several_runs_of_a_test_run_or_of_none_are_a_file_of_their_own()
    {
        var (integration, parent) = await _file.ImportAsync(CorrectedFile.Rows);
        var (other, elsewhere) = await _file.ImportAsync(CorrectedFile.Rows);
        var lines = CorrectedFile.Corrected(await _file.RejectedAsync(parent.Id));
        foreach (var own in new[]
        {
            [.. lines, lines[^1].Replace(parent.Id.Value, elsewhere.Id.Value, StringComparison.Ordinal)],
            [.. lines.Select(line => line.Replace(parent.Id.Value, elsewhere.Id.Value, StringComparison.Ordinal))],
            [.. lines.Select(line => line.Replace(parent.Id.Value, "20261122T101530-0123456789ab", StringComparison.Ordinal))],
            [.. lines, lines[^1].Replace(parent.Id.Value, "", StringComparison.Ordinal)],
            (string[])[lines[0]],
        })
            Assert.Equal((RunKind.Import, null), await KindAsync(own));
        Assert.NotEqual(integration.Id, other.Id);

        async Task<(RunKind, RunId?)> KindAsync(string[] own)
        {
            var run = await _file.DropAsync(integration, own);
            return (run.Kind, run.Parent);
        }
    }

    [Fact]
    public async Task An_undone_run_takes_no_rows_back()
    {
        var (integration, parent) = await _file.ImportAsync(CorrectedFile.Rows);
        var lines = await _file.RejectedAsync(parent.Id);
        await host.UndoAsync(parent.Id);

        var fix = await _file.DropAsync(integration, CorrectedFile.Corrected(lines));

        Assert.Equal((RunKind.Fix, RunStatus.Failed, "parent-undone"), (fix.Kind, fix.Status, fix.Error?.Code));
        Assert.Empty(await ValuesAsync(integration));
    }

    [SlowFact]
    public async Task What_others_mended_since_stays_unless_it_is_corrected_too()
    {
        var (integration, parent) = await _file.ImportAsync(CorrectedFile.Rows);
        var sent = await _file.RejectedAsync(parent.Id);
        await host.FixCellAsync(parent, 2, "seats", "50");
        await host.FixCellAsync(parent, 5, "day", "2026-08-05");

        // Row 2 comes back as it was sent, row 5 with another date than the one that it has got meanwhile.
        var fix = await _file.DropAsync(
            integration, [.. sent.Select(line => line.Replace("2026-08-99,4", "2026-08-06,4", StringComparison.Ordinal))]);

        Assert.Equal((4, 2, 1, 1), (fix.Rows.Read, fix.Rows.Recorded, fix.Rows.Unmatched, fix.Rows.Invalid));
        Assert.Equal(["acme 2026-08-01 1", "acme 2026-08-02 50", "globex 2026-08-06 4"], await ValuesAsync(integration));
        await host.UndoAsync(fix.Id);
        Assert.Equal(["acme 2026-08-01 1", "acme 2026-08-02 50", "globex 2026-08-05 4"], await ValuesAsync(integration));
    }

    [Fact]
    public async Task Rows_that_a_fix_rejected_come_back_too()
    {
        var (integration, parent) = await _file.ImportAsync(CorrectedFile.Rows);
        var first = await _file.DropAsync(integration, CorrectedFile.Corrected(await _file.RejectedAsync(parent.Id)));
        var still = await _file.RejectedAsync(first.Id);
        var second = await _file.DropAsync(
            integration, [.. still.Select(line => line.Replace("nobody,", "globex,", StringComparison.Ordinal))]);

        Assert.Equal((RunKind.Fix, parent.Id), (second.Kind, second.Parent));
        Assert.Equal(["acme 2026-08-01 1", "acme 2026-08-02 5", "globex 2026-08-01 7"], await host.StoredAsync(integration));
    }

    [Fact]
    public async Task A_row_that_gets_an_unknown_account_waits_though_none_of_its_run_did()
    {
        var (integration, parent) = await _file.ImportAsync("acme,2026-08-01,1\nacme,2026-08-02,N/A\nglobex,2026-08-03,N/A\n");
        var lines = (await _file.RejectedAsync(parent.Id)).Select(line => line
            .Replace("acme,2026-08-02,N/A", "ghost,2026-08-02,5", StringComparison.Ordinal)
            .Replace("globex,2026-08-03,N/A", "globex,2026-08-03,6", StringComparison.Ordinal));

        await _file.DropAsync(integration, [.. lines]);

        Assert.Equal(
            [(parent.Id, 1L)], (await host.Get<WaitingRuns>().OfKeyAsync(integration.Id, MatchBy.AccountId, "ghost", default))
                .Select(one => (one.Run, one.Key.Rows)));
    }

    [Fact]
    public async Task A_run_that_recorded_nothing_takes_its_whole_file_with_what_came_back()
    {
        var (integration, parent) = await _file.ImportAsync("acme,2026-08-01,1\nacme,2026-08-02,N/A\n", ErrorMode.Abort);
        Assert.Equal("aborted", parent.Error?.Code);

        var fix = await _file.DropAsync(integration, CorrectedFile.Corrected(await _file.RejectedAsync(parent.Id)));

        Assert.Equal((RunStatus.Succeeded, 2, 2), (fix.Status, fix.Rows.Read, fix.Rows.Recorded));
        Assert.Equal(["acme 2026-08-01 1", "acme 2026-08-02 5"], await host.StoredAsync(integration));
    }

    /// <summary>Without snapshots that lost their values.</summary>
    private async Task<IEnumerable<string>> ValuesAsync(Integration integration) =>
        (await host.StoredAsync(integration)).Where(line => !line.EndsWith(' '));

    private async Task<Run> RunAsync(RunId run) => (await host.Runs.GetAsync(run, default)).Run;
}
