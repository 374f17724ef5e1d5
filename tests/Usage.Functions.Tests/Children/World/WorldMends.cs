using Usage.Core.Accounts;
using Usage.Core.Files;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Functions.Mending;
using Usage.Functions.Tests.Runs;
using Usage.Functions.Unmatched;
using Usage.Storage.Children;
using Usage.Storage.Runs;
using Usage.Storage.Unmatched;

namespace Usage.Functions.Tests.Children.World;

/// <summary>Replays and fixes, each taken by the app and by the reference.</summary>
internal sealed class WorldMends(WorldState world)
{
    /// <summary>Somebody says what an identifier is: all rows that wait for it are replayed.</summary>
    public async Task<string> ResolveAsync(Random random)
    {
        var integration = world.Integrations[random.Next(world.Integrations.Count)].Id;
        var (key, account) = (WorldFile.Ghost(random), WorldRow.Accounts[random.Next(2)]);
        var waiting = world.Reference.Waiting(integration, key);
        var resolution = new Resolution
        {
            Integration = integration,
            By = MatchBy.AccountId,
            Key = key,
            Account = account,
            Author = "ann",
            At = DateTimeOffset.UtcNow,
        };
        var preview = (await world.Host.Get<ResolvePreviews>().MakeAsync(resolution, made: null, default))!;
        var done = await world.Host.Get<ResolveStarter>().StartAsync(
            world.Host.Client, new ResolveIdentifier.Input(resolution, null), default);
        world.Say(integration, key, account);
        Assert.Equal(waiting.Count, done.Replays.Count);
        var ended = new List<Run>();
        foreach (var replay in done.Replays) ended.Add(await world.Host.EndOfAsync(replay));
        var told = $"{key} of {integration.Value[^1]} is {account}";
        foreach (var replay in ended.OrderBy(run => run.StartedAt))
        {
            var mend = new WorldMend.Replay(key, account) { Said = world.Said(integration) };
            told += "\n   " + AddChild(replay, mend, ended.Count == 1 ? (preview.Rows, preview.Values) : null);
        }

        return told;
    }

    /// <summary>What was said of an identifier is taken back: later runs don't know it.</summary>
    public async Task<string> ForgetAsync(Random random)
    {
        var integration = world.Integrations[random.Next(world.Integrations.Count)].Id;
        var resolutions = world.Host.Get<ResolutionStore>();
        foreach (var resolution in (await resolutions.ReadAsync(integration, default)).All)
            await resolutions.TryDeleteAsync(resolution, default);
        world.Forget(integration);
        return $"forget what was said of {integration.Value[^1]}";
    }

    public async Task<string> FixAsync(Random random)
    {
        if (Standing(random) is not { } root) return "no fix";
        var column = random.Next(4);
        var (becomes, name) = (WorldFile.Mended(column, random), WorldRow.Columns[column]);
        var row = root.File.Rows[random.Next(root.File.Rows.Count)];
        var said = world.Said(root.File.Integration.Id);
        var (mend, mends) = random.Next(2) == 0
            ? ((WorldMend)new WorldMend.Cell(row.Number, column, becomes) { Said = said },
                new Mends { Rows = [new MendedRow(row.Number, new Dictionary<string, string> { [name] = becomes })] })
            : (new WorldMend.Rule(column, row.Cells[column], becomes) { Said = said },
                new Mends { Rules = [new MendRule(name, row.Cells[column], becomes)] });
        var plan = new ChildPlan(root.Run) { Mends = mends };
        var preview = await world.Host.Get<ChildPreviews>().MakeAsync(plan, made: null, default);
        var fix = await world.Host.FixAsync(plan);
        return AddChild(fix, mend, (preview!.Rows, preview.Values));
    }

    /// <summary>Rejected rows of a run, or of a replay or fix, come back, some of them corrected.</summary>
    public async Task<string> CorrectAsync(Random random)
    {
        if (Standing(random) is not { } root) return "no correction";
        RunId[] runs = [root.Run, .. world.Reference.Standing(root).Select(child => child.Run)];
        var sent = await WorldRejected.ReadAsync(world.Host, runs[random.Next(runs.Length)]);
        if (sent is null) return "nothing was rejected";
        sent.Correct(random);
        var drop = await world.Host.DropBytesAsync(root.File.Integration.Id.Value, sent.Text(), $"{Guid.NewGuid():N}.csv");
        // Before the files that were really written just now, or these would be looked after as if their events were late.
        var fix = await world.Host.ImportAsync(drop with { ArrivedAt = WorldState.Begin.AddDays(10) });
        var chain = sent.Run == root.Run ? [] : (await world.Host.Get<ChildFiles>().ChainAsync(sent.Run, default)).Earlier;
        var mend = new WorldMend.Correction(sent.Run, chain.Append(sent.Run).ToHashSet(), sent.Rows)
        {
            Said = world.Said(root.File.Integration.Id),
        };
        return AddChild(fix, mend, preview: null);
    }

    /// <param name="preview">Null: none was asked for.</param>
    private string AddChild(Run run, WorldMend mend, (long Rows, long Values)? preview)
    {
        var root = world.Reference.Roots.Single(root => root.Run == run.Parent);
        var outcome = world.Reference.Foresee(root, run.Id, mend);
        var told = $"{run.Kind} {run.Id} of {root.Run}: {mend} -> {run.Status} {run.Error?.Code}";
        Assert.True(outcome.Fails == (run.Status == RunStatus.Failed), $"{told}, foreseen {outcome.Fails}");
        Assert.True(outcome.Own.Count == run.Rows.Read, $"{told}: {outcome.Own.Count} rows, found {run.Rows.Read}");
        Assert.Equal(outcome.Own.Count(row => row.Account is null), run.Rows.Unmatched);
        var place = new QueuedRun(run.Id, new Drop("", "", default, false)).PlaceBehind(root.Place, ++world.Turns);
        var changes = world.Reference.Add(root, run.Id, place, mend, outcome);
        Assert.True(changes == run.Changes, $"{told}: expected {changes}, found {run.Changes}");
        if (preview is { } seen)
            Assert.True(
                seen.Values == changes.New + changes.Changed + changes.Removed
                && seen.Rows == (outcome.Fails ? 0 : run.Rows.Read - run.Rows.Unmatched - run.Rows.Invalid),
                $"{told}: preview {seen}; found {run.Rows}, {run.Changes}");
        world.Ended.Add(run.Id);
        return told;
    }

    /// <returns>A run that may be mended; null: there is none.</returns>
    private WorldReference.Root? Standing(Random random)
    {
        var standing = world.Reference.Roots.Where(root => !world.Reference.Log.IsWhollyUndone(root.Run)).ToList();
        return standing.Count == 0 ? null : standing[random.Next(standing.Count)];
    }
}
