using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Functions.Imports.Reading;
using Usage.Functions.Imports.Writing;
using Usage.Storage.Imports.Writing;

namespace Usage.Functions.Tests.Imports;

/// <summary>The order of activities in a run's history: runs that are under way when the app is updated go on with it.</summary>
public sealed class ImportFileTests
{
    private static readonly PlanBatches.Output ThreeBatches = new(Ended: false, Batches: 3, Partitions: 2);

    private static readonly string[] Read = ["AdmitFile", "PlanBatches", "FanOut Read 0+3", "ReadBatch 0", "ReadBatch 1", "ReadBatch 2"];
    private static readonly string[] Write = ["BeginWriting", "FanOut Write 0+2", "WriteSnapshots 0 Write", "WriteSnapshots 1 Write"];
    private static readonly string[] Count = ["FanOut Write 0+2", "WriteSnapshots 0 Count", "WriteSnapshots 1 Count"];
    private static readonly string[] Settle = ["FanOut Write 0+2", "WriteSnapshots 0 Settle", "WriteSnapshots 1 Settle"];
    private static readonly string WakeNext = $"wake {ImportHistory.Next}";

    [Fact]
    public async Task A_small_file_is_imported_whole()
    {
        var history = await new ImportHistory().ImportAsync();

        Assert.Equal(["AdmitFile", "PlanBatches", "ImportWhole", WakeNext], history.Entries);
    }

    [Fact]
    public async Task A_large_file_is_read_by_batch_decided_and_written_by_partition()
    {
        var history = await new ImportHistory { Plan = ThreeBatches }.ImportAsync();

        Assert.Equal([.. Read, "Decide", .. Write, "FinishRun", WakeNext], history.Entries);
    }

    [Fact]
    public async Task Batches_are_read_a_hundred_at_a_time()
    {
        var history = await new ImportHistory { Plan = ThreeBatches with { Batches = 201 } }.ImportAsync();

        string[] expected =
        [
            "FanOut Read 0+100", .. Enumerable.Range(0, 100).Select(batch => $"ReadBatch {batch}"),
            "FanOut Read 100+100", .. Enumerable.Range(100, 100).Select(batch => $"ReadBatch {batch}"),
            "FanOut Read 200+1", "ReadBatch 200", "Decide",
        ];
        Assert.Equal(expected, history.Entries.Skip(2).Take(expected.Length));
    }

    [Theory]
    [InlineData(WriteMode.None)]
    [InlineData(WriteMode.Write)]
    public async Task What_may_be_a_duplicate_is_counted_and_decided_again(WriteMode mode)
    {
        var history = await new ImportHistory
        {
            Plan = ThreeBatches,
            Decisions = new([new(WriteMode.Count, Partitions: 2, MayBeDuplicate: true), new(mode, Partitions: 2)]),
        }.ImportAsync();

        string[] written = mode == WriteMode.Write ? Write : [];
        Assert.Equal([.. Read, "Decide", .. Count, "DecideDuplicate", .. written, "FinishRun", WakeNext], history.Entries);
    }

    [Fact]
    public async Task A_refused_file_is_counted_and_finished()
    {
        var history = await new ImportHistory { Plan = ThreeBatches, Decisions = new([new(WriteMode.Count, Partitions: 2)]) }.ImportAsync();

        Assert.Equal([.. Read, "Decide", .. Count, "FinishRun", WakeNext], history.Entries);
    }

    [Fact]
    public async Task A_run_that_is_cancelled_before_the_decision_is_finished_at_once()
    {
        var history = await new ImportHistory { Plan = ThreeBatches, Decisions = new([Decide.Output.Finish]) }.ImportAsync();

        Assert.Equal([.. Read, "Decide", "FinishRun", WakeNext], history.Entries);
    }

    [Fact]
    public async Task A_run_that_ends_with_its_plan_wakes_the_next()
    {
        var history = await new ImportHistory { Plan = new(Ended: true, 0, 0, ImportHistory.Next) }.ImportAsync();

        Assert.Equal(["AdmitFile", "PlanBatches", WakeNext], history.Entries);
    }

    [Fact]
    public async Task A_test_run_waits_for_no_turn_and_compares()
    {
        var history = new ImportHistory { Plan = ThreeBatches, Decisions = new([new(WriteMode.Compare, Partitions: 2)]) };

        await history.ImportAsync(RunKind.Test);

        string[] compare = ["FanOut Write 0+2", "WriteSnapshots 0 Compare", "WriteSnapshots 1 Compare"];
        Assert.Equal([.. Read.Skip(1), "Decide", .. compare, "FinishRun", WakeNext], history.Entries);
    }

    [Theory]
    [InlineData("AdmitFile", 1)]
    [InlineData("PlanBatches", 2)]
    [InlineData("ReadBatch 1", 6)]
    [InlineData("Decide", 7)]
    public async Task An_activity_that_fails_for_good_fails_the_run(string activity, int entries)
    {
        var history = await new ImportHistory { Plan = ThreeBatches, Failing = [activity] }.ImportAsync();

        string[] way = [.. Read, "Decide"];
        Assert.Equal([.. way[..entries], "FailRun", WakeNext], history.Entries);
    }

    [Fact]
    public async Task A_small_file_that_fails_fails_the_run()
    {
        var history = await new ImportHistory { Failing = ["ImportWhole"] }.ImportAsync();

        Assert.Equal(["AdmitFile", "PlanBatches", "ImportWhole", "FailRun", WakeNext], history.Entries);
    }

    [Theory]
    [InlineData("WriteSnapshots 1 Write")]
    [InlineData("FinishRun")]
    public async Task A_run_that_fails_while_it_writes_is_settled_and_finished(string activity)
    {
        var history = await new ImportHistory { Plan = ThreeBatches, Failing = [activity], Begun = 2 }.ImportAsync();

        string[] finish = activity == "FinishRun" ? ["FinishRun"] : [];
        Assert.Equal([.. Read, "Decide", .. Write, .. finish, "FailRun", .. Settle, "FinishRun import-failed", WakeNext], history.Entries);
    }

    [Fact]
    public async Task A_run_that_cannot_be_settled_is_failed_all_the_same()
    {
        string[] failing = ["WriteSnapshots 1 Write", "WriteSnapshots 1 Settle"];
        var history = await new ImportHistory { Plan = ThreeBatches, Failing = failing, Begun = 2 }.ImportAsync();

        Assert.Equal([.. Read, "Decide", .. Write, "FailRun", .. Settle, "FailRun unsettled", WakeNext], history.Entries);
    }

    [Fact]
    public async Task A_run_whose_orchestration_was_dead_is_only_failed()
    {
        var history = await new ImportHistory().ImportAsync(failure: new RunError(IssueCode.ImportFailed, "It died."));

        Assert.Equal(["FailRun", WakeNext], history.Entries);
    }
}
