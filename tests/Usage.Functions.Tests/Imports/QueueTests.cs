using Usage.Functions.Imports.Admission;

namespace Usage.Functions.Tests.Imports;

/// <summary>How a run waits for its turn in the queue of its integration.</summary>
public sealed class QueueTests
{
    private static readonly TakeTurn.Output Waiting = new(TakeTurn.State.Waiting);

    [Fact]
    public async Task A_run_looks_again_and_again_until_it_has_its_turn()
    {
        var history = await new ImportHistory { Turns = new(Enumerable.Repeat(Waiting, 8)) }.ImportAsync();

        string[] way = ["AdmitFile", .. Enumerable.Repeat("TakeTurn", 8), "PlanBatches", "ImportWhole", $"wake {ImportHistory.Next}"];
        Assert.Equal(way, history.Entries);
        Assert.Equal([1, 2, 4, 8, 16, 30, 30, 30], history.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task A_run_that_is_woken_looks_at_once()
    {
        var history = new ImportHistory { Turns = new([Waiting, Waiting]), IsWoken = true };

        await history.ImportAsync().WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(["AdmitFile", "TakeTurn", "TakeTurn", "PlanBatches"], history.Entries[..4]);
    }

    [Fact]
    public async Task A_run_that_waits_for_long_goes_on_with_a_fresh_history()
    {
        var history = await new ImportHistory { Turns = new(Enumerable.Repeat(Waiting, 100)) }.ImportAsync();

        Assert.Equal(["AdmitFile", .. Enumerable.Repeat("TakeTurn", 50)], history.Entries);
        Assert.Equal((ImportHistory.Run, true, "crm"), (history.Anew!.Run, history.Anew.Waiting, history.Anew.Drop!.Folder));
    }

    [Fact]
    public async Task A_run_with_a_fresh_history_is_not_admitted_again()
    {
        var history = await new ImportHistory().ImportAsync(waiting: true);

        Assert.Equal(["TakeTurn", "PlanBatches"], history.Entries[..2]);
    }

    [Fact]
    public async Task A_run_that_is_cancelled_while_it_waits_wakes_the_next()
    {
        var history = await new ImportHistory { Turns = new([Waiting, TakeTurn.Output.Ended(ImportHistory.Next)]) }.ImportAsync();

        Assert.Equal(["AdmitFile", "TakeTurn", $"wake {ImportHistory.Next}"], history.Entries);
    }
}
