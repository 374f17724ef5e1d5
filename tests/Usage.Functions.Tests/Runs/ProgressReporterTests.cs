using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Functions.Runs;
using Usage.Functions.Tests.Imports;
using Usage.Storage.Runs;

namespace Usage.Functions.Tests.Runs;

/// <summary>The progress of a run is saved now and then.</summary>
public sealed class ProgressReporterTests(ImportHost host)
{
    private readonly SetTimestamps _clock = new();

    [Fact]
    public async Task Parts_are_counted_and_saved_twice_a_second_and_at_the_end()
    {
        var (reporter, run) = (new ProgressReporter(host.Runs, _clock), await AddAsync());
        var seen = new List<long>();
        for (var part = 0; part < 6; part++)
        {
            await reporter.AddAsync(run, RunStage.Reading, total: 6, default, default);
            seen.Add((await ProgressAsync(run)).Done);
            _clock.Seconds += 0.2;
        }

        Assert.Equal([1, 1, 1, 4, 4, 6], seen);
    }

    [Fact]
    public async Task Progress_never_passes_the_total()
    {
        var (reporter, run) = (new ProgressReporter(host.Runs, _clock), await AddAsync());

        for (var tries = 0; tries < 3; tries++) await reporter.AddAsync(run, RunStage.Writing, total: 2, default, default);

        Assert.Equal(new RunProgress(RunStage.Writing, 2, 2), await ProgressAsync(run));
    }

    [Fact]
    public async Task Rows_of_parts_add_up_and_their_pace_says_what_remains()
    {
        var (reporter, run) = (new ProgressReporter(host.Runs, _clock), await AddAsync());
        for (var part = 0; part < 3; part++)
        {
            await reporter.AddAsync(run, RunStage.Reading, total: 5, new(Rows: 1_000, Total: 5_000), default);
            _clock.Seconds += 2;
        }

        var expected = new RunProgress(RunStage.Reading, 3, 5)
        {
            Rows = 3_000,
            RowsTotal = 5_000,
            PerSecond = 500,
            RemainingSeconds = 4,
        };
        Assert.Equal(expected, await ProgressAsync(run));
    }

    [Fact]
    public async Task Changes_of_parts_add_up_while_the_run_writes_and_its_end_says_its_own()
    {
        var (reporter, run) = (new ProgressReporter(host.Runs, _clock), await AddAsync());
        for (var part = 1; part <= 2; part++)
        {
            await reporter.AddAsync(run, RunStage.Writing, total: 3, new(Changes: new ChangeCounts(part, 10, 0, 1)), default);
            _clock.Seconds += 2;
        }

        var running = (await host.Runs.GetAsync(run, default)).Run;
        Assert.Equal(new ChangeCounts(3, 20, 0, 2), running.Changes);
        await host.Runs.SaveAsync(running with { Status = RunStatus.Succeeded, Changes = new ChangeCounts(4, 30, 0, 3) }, default);
        await reporter.AddAsync(run, RunStage.Writing, total: 3, new(Changes: new ChangeCounts(9, 9, 9, 9)), default);
        Assert.Equal(new ChangeCounts(4, 30, 0, 3), (await host.Runs.GetAsync(run, default)).Run.Changes);
    }

    [Fact]
    public async Task A_run_that_is_forgotten_begins_anew()
    {
        var (reporter, run) = (new ProgressReporter(host.Runs, _clock), await AddAsync());
        await reporter.AddAsync(run, RunStage.Reading, total: 3, default, default);

        reporter.Forget(run);
        await reporter.AddAsync(run, RunStage.Reading, total: 3, default, default);

        Assert.Equal(1, (await ProgressAsync(run)).Done);
    }

    private async Task<RunProgress> ProgressAsync(RunId run) => (await host.Runs.GetAsync(run, default)).Run.Progress;

    private async Task<RunId> AddAsync()
    {
        var run = new Run
        {
            Id = RunIdText.Unique(DateTimeOffset.UnixEpoch, Guid.NewGuid()),
            Integration = null,
            Version = 0,
            Kind = RunKind.Test,
            Status = RunStatus.Running,
            ArrivedAt = DateTimeOffset.UnixEpoch,
        };
        await host.Runs.AddAsync(run, new RunSource("", "", "", Force: false), default);
        return run.Id;
    }

    private sealed class SetTimestamps : TimeProvider
    {
        public double Seconds { get; set; } = 1;

        public override long TimestampFrequency => 1_000;

        public override long GetTimestamp() => (long)(Seconds * TimestampFrequency);
    }
}
