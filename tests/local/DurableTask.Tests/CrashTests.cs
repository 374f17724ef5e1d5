using System.Globalization;
using Microsoft.DurableTask.Crashing;

namespace Microsoft.DurableTask.Tests;

/// <summary>A real process, killed and started again: what it says in the end is what an undisturbed one says.</summary>
public sealed class CrashTests
{
    private const string Outcome =
        "Completed \"ab0b1b2child1child2[System.IO.IOException: always]123c\"; Child Completed, Main Completed, Voter Completed";

    private static readonly string[] s_effects = ["a", "b0", "b1", "b2", "between", "c", "child1", "child2"];

    [Fact]
    public async Task A_process_killed_after_any_change_on_disk_goes_on_and_finishes()
    {
        using var undisturbed = new Victim();
        var lines = await undisturbed.RunAsync();
        Assert.Equal(Outcome, lines![0]);
        var changes = int.Parse(lines[1], CultureInfo.InvariantCulture);
        Assert.All(undisturbed.Effects, effect => Assert.Equal(1, effect.Value));
        var killed = 0;

        await Parallel.ForAsync(1, changes + 1, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (change, _) =>
        {
            using var victim = new Victim();
            if (await victim.RunAsync(change) is null)
            {
                Interlocked.Increment(ref killed);
            }

            await FinishAsync(victim);
        });

        Assert.InRange(killed, changes * 9 / 10, changes);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(8)]
    [InlineData(13)]
    public async Task A_process_killed_again_and_again_gets_there(int changes)
    {
        using var victim = new Victim();
        var lives = 1;
        while (await victim.RunAsync(changes) is null)
        {
            Assert.InRange(++lives, 1, 200);
        }

        Assert.NotEqual(1, lives);
        await FinishAsync(victim);
    }

    [Fact]
    public async Task A_process_killed_at_any_moment_goes_on_and_finishes()
    {
        var random = new Random(4);
        for (var i = 0; i < 6; i++)
        {
            using var victim = new Victim();
            await victim.RunAndKillAsync(TimeSpan.FromMilliseconds(random.Next(80, 600)));
            await FinishAsync(victim);
        }
    }

    /// <summary>The next life, in this process: what it finds on disk is what counts.</summary>
    private static async Task FinishAsync(Victim victim)
    {
        Assert.Equal(Outcome, await Telling.ToEndAsync(victim.Directory));
        Assert.Equal(s_effects, victim.Effects.Keys.Order(StringComparer.Ordinal));
    }
}
