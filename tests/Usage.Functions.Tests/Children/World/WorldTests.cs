using Usage.Functions.Tests.Changes;
using Usage.Functions.Tests.Durable;
using Usage.Functions.Tests.Imports;
using Usage.Testing.Machine;

namespace Usage.Functions.Tests.Children.World;

/// <summary>
/// Any sequence of imports by two integrations on one product, of replays, fixes by rule, by cell and by rows that come back, of imports
/// again, undos and removals: after each step what is stored, its points, its dates, every explanation and what waits equal the
/// reference's, and each step does what its preview said. With an erase among the steps:
/// <see cref="Usage.Functions.Tests.Erasing.EraseAnyTimeTests"/>.
/// </summary>
public sealed class WorldTests(ImportHost host)
{
    private static readonly int Steps = TestSize.Of(9, 16, 16, 16);

    /// <inheritdoc cref="PropertySeeds"/>
    public static TheoryData<int> Seeds => PropertySeeds.Of([342021, 20261129], large: 12, full: 60);

    [Theory, MemberData(nameof(Seeds))]
    public async Task Any_sequence_leaves_what_the_reference_says(int seed)
    {
        var (random, world) = (new Random(seed), await WorldState.MakeAsync(host, seed));
        var (steps, mends) = (new WorldSteps(world), new WorldMends(world));
        var stored = new StoredChanges(host, world.Product, WorldRow.Dimensions) { HasTexts = !world.AddsUp };
        var told = new List<string> { $"seed {seed}" };
        for (var step = 0; step < Steps; step++)
        {
            told.Add($"{step}: {await TakeAsync(world, steps, mends, random)}");
            var when = string.Join('\n', told);
            await stored.EqualsAsync(world.Reference.Log, when);
            await world.WaitingEqualsAsync(when);
        }
    }

    /// <returns>What was done.</returns>
    private static async Task<string> TakeAsync(WorldState world, WorldSteps steps, WorldMends mends, Random random)
    {
        if (world.Reference.Roots.Count == 0) return await steps.ImportAsync(random);
        return random.Next(16) switch
        {
            < 4 => await steps.ImportAsync(random),
            < 6 => await mends.ResolveAsync(random),
            < 8 => await mends.FixAsync(random),
            < 10 => await mends.CorrectAsync(random),
            10 => await steps.AgainAsync(random),
            11 => await steps.RemoveAsync(random),
            12 => await mends.ForgetAsync(random),
            _ => await steps.UndoAsync(random),
        };
    }
}
