using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Storage.Runs;
using Usage.Testing.Emulator;

namespace Usage.Storage.Tests.Runs;

[Collection(SharedStorage.Name)]
public sealed class RunStoreTests(StorageFixture storage)
{
    private static readonly RunSource Source = new("imports", "i/a.csv", "0x1", Force: true);
    private readonly RunStore _runs = new(storage.Tables, new RunBlobs(storage.Blobs));
    private readonly RunBlobs _blobs = new(storage.Blobs);

    [Fact]
    public async Task Runs_are_listed_newest_first_page_by_page()
    {
        var integration = new IntegrationId("paged");
        var runs = new[] { "2026-03-01T00:00:01Z", "2025-12-31T23:59:59Z", "2026-03-01T10:00:00Z", "2026-02-28T12:00:00Z" }
            .Select(time => New(integration, time)).ToList();
        foreach (var run in runs) await _runs.AddAsync(run, Source, default);
        var filter = new RunFilter(RunKind.Import, integration);

        var first = await _runs.ListAsync(filter, 3, null, default);
        var second = await _runs.ListAsync(filter, 3, first[^1].Id, default);

        Assert.Equal([runs[2].Id, runs[0].Id, runs[3].Id], first.Select(run => run.Id));
        Assert.Equal([runs[1].Id], second.Select(run => run.Id));
    }

    [Fact]
    public async Task List_is_filtered_by_status_and_kind()
    {
        var integration = new IntegrationId("filtered");
        var (failed, queued, test) =
            (New(integration, "2026-01-01T00:00:00Z") with { Status = RunStatus.Failed }, New(integration, "2026-01-02T00:00:00Z"),
            New(integration, "2026-01-03T00:00:00Z") with { Kind = RunKind.Test });
        foreach (var run in new[] { failed, queued, test }) await _runs.AddAsync(run, Source, default);

        Assert.Equal(failed.Id, Assert.Single(
            await _runs.ListAsync(new RunFilter(RunKind.Import, integration, [RunStatus.Failed]), 10, null, default)).Id);
        Assert.Equal(test.Id, Assert.Single(await _runs.ListAsync(new RunFilter(RunKind.Test, integration), 10, null, default)).Id);
    }

    [Fact]
    public async Task Run_that_is_there_is_not_added_again()
    {
        var run = New(new IntegrationId("twice"), "2026-01-01T00:00:00Z");
        Assert.True(await _runs.AddAsync(run, Source, default));

        Assert.False(await _runs.AddAsync(run with { Status = RunStatus.Failed }, Source, default));
        Assert.Equal(RunStatus.Queued, (await _runs.GetAsync(run.Id, default)).Run.Status);
    }

    [Fact]
    public async Task Saving_leaves_the_source_and_the_wish_to_cancel()
    {
        var run = New(new IntegrationId("kept"), "2026-01-01T00:00:00Z");
        await _runs.AddAsync(run, Source, default);
        await _runs.RequestCancelAsync(run.Id, default);

        await _runs.SaveAsync(run with { Status = RunStatus.Running }, default);

        var stored = await _runs.GetAsync(run.Id, default);
        Assert.Equal((RunStatus.Running, Source, true), (stored.Run.Status, stored.Source, stored.CancelRequested));
    }

    [Fact]
    public async Task Late_word_of_progress_does_not_change_an_ended_run()
    {
        var run = New(new IntegrationId("late"), "2026-01-01T00:00:00Z") with { Status = RunStatus.Running };
        await _runs.AddAsync(run, Source, default);
        await _runs.ReportProgressAsync(run.Id, new RunProgress(RunStage.Writing, 2, 4), changes: null, default);
        Assert.Equal(new RunProgress(RunStage.Writing, 2, 4), (await _runs.GetAsync(run.Id, default)).Run.Progress);

        await _runs.SaveAsync(run with { Status = RunStatus.Succeeded, Progress = new RunProgress(RunStage.Done, 4, 4) }, default);
        await _runs.ReportProgressAsync(run.Id, new RunProgress(RunStage.Writing, 3, 4), changes: null, default);

        Assert.Equal(new RunProgress(RunStage.Done, 4, 4), (await _runs.GetAsync(run.Id, default)).Run.Progress);
    }

    [Fact]
    public async Task List_is_cut_to_the_second_by_when_runs_began()
    {
        var integration = new IntegrationId("timed");
        var runs = new[] { "2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z", "2026-01-02T00:00:00Z" }
            .Select(time => New(integration, time)).ToList();
        foreach (var run in runs) await _runs.AddAsync(run, Source, default);
        var filter = new RunFilter(RunKind.Import, integration)
        {
            From = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            To = new DateTimeOffset(2026, 1, 2, 1, 0, 0, TimeSpan.FromHours(1)),
        };

        var found = await _runs.ListAsync(filter, 10, null, default);

        Assert.Equal([runs[2].Id, runs[1].Id], found.Select(run => run.Id));
        Assert.Equal(2, await _runs.CountAsync(filter, default));
        Assert.Equal(1, await _runs.CountAsync(filter with { Search = runs[1].Id.Value.ToLowerInvariant() }, default));
    }

    [Fact]
    public async Task Stages_are_told_as_they_begin_and_end()
    {
        var run = New(new IntegrationId("staged"), "2026-01-01T00:00:00Z");
        await _runs.AddAsync(run, Source, default);
        Assert.Equal([(RunStepKind.Waiting, null)], await StagesAsync(run));

        run = run with { Status = RunStatus.Running, StartedAt = run.ArrivedAt.AddSeconds(5) };
        await _runs.SaveAsync(run, default);
        await _runs.BeginStageAsync(run.Id, RunStage.Writing, run.ArrivedAt.AddSeconds(7), default);
        Assert.Equal([(RunStepKind.Waiting, 5), (RunStepKind.Reading, 2), (RunStepKind.Writing, null)], await StagesAsync(run));

        await _runs.BeginStageAsync(run.Id, RunStage.Finishing, run.ArrivedAt.AddSeconds(10), default);
        await _runs.SaveAsync(run with { Status = RunStatus.Succeeded, CompletedAt = run.ArrivedAt.AddSeconds(11) }, default);
        Assert.Equal(
            [(RunStepKind.Waiting, 5), (RunStepKind.Reading, 2), (RunStepKind.Writing, 3), (RunStepKind.Finishing, 1)],
            await StagesAsync(run));
    }

    [Fact]
    public async Task Run_too_large_for_a_property_is_stored_whole()
    {
        var dates = Enumerable.Range(0, 5_000)
            .Select(day => new RunDate(new("platform"), new DateOnly(2010, 1, 1).AddDays(day), day, "daily: the date itself")).ToList();
        var run = New(new IntegrationId("large"), "2026-01-01T00:00:00Z") with { Dates = dates };
        await _runs.AddAsync(run, Source, default);

        await _blobs.CleanAsync(run.Id, default);

        Assert.Equal(dates, (await _runs.GetAsync(run.Id, default)).Run.Dates);
    }

    private async Task<IEnumerable<(RunStepKind Stage, double? Seconds)>> StagesAsync(Run run) =>
        (await _runs.GetAsync(run.Id, default)).Run.Timeline.Select(step => (step.Stage, (step.EndedAt - step.StartedAt)?.TotalSeconds));

    private static Run New(IntegrationId integration, string time) => new()
    {
        Id = RunIdText.Unique(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture), Guid.NewGuid()),
        Integration = integration,
        Version = 1,
        Kind = RunKind.Import,
        Status = RunStatus.Queued,
        ArrivedAt = DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture),
    };
}
