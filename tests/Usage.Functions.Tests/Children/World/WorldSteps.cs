using Usage.Core.Changes;
using Usage.Core.Runs;
using Usage.Functions.Changes.TakingBack;
using Usage.Functions.Children;
using Usage.Functions.Tests.Runs;
using Usage.Storage.Changes;
using Usage.Storage.Runs;

namespace Usage.Functions.Tests.Children.World;

/// <summary>Imports, undos and removals, each taken by the app and by the reference.</summary>
internal sealed class WorldSteps(WorldState world)
{
    private readonly HashSet<int> _arrivals = [];

    public async Task<string> ImportAsync(Random random)
    {
        var integration = world.Integrations[random.Next(world.Integrations.Count)];
        var file = WorldFile.Of(integration, world.Aggregate, world.Said(integration.Id), random);
        var dropped = await world.Host.DropBytesAsync(integration.Id.Value, file.Text(), $"{Guid.NewGuid():N}.csv", force: true);
        int arrival;
        do arrival = random.Next(40);
        while (!_arrivals.Add(arrival) && _arrivals.Count < 40);
        var drop = dropped with { ArrivedAt = WorldState.Begin.AddHours(arrival) };
        var run = await world.Host.ImportAsync(drop);
        Add(run, file, QueuedRun.Of(drop).PlaceAt(++world.Turns));
        return $"import {run.Id} by {integration.Id.Value[^1]}, arrival {arrival}, {integration.OnError.Mode}, "
            + $"history {integration.AllowMultipleRowsPerCustomer}, {world.Aggregate}: {string.Join(" | ", file.Rows)} "
            + $"-> {run.Status} {run.Error?.Code}";
    }

    public async Task<string> AgainAsync(Random random)
    {
        var root = world.Reference.Roots[random.Next(world.Reference.Roots.Count)];
        var run = await world.Host.AgainAsync(root.Run);
        var place = (await world.StoredAsync(run.Id)).Queued().PlaceBehind(root.Place, ++world.Turns);
        Add(run, root.File.Again(world.Said(root.File.Integration.Id)), place);
        return $"again {run.Id} of {root.Run} -> {run.Status}";
    }

    public async Task<string> RemoveAsync(Random random)
    {
        var cells = world.Reference.Log.Cells.Where(cell => world.Reference.Log.ValueOf(cell) is not null).ToList();
        if (cells.Count == 0) return "no removal";
        var cell = cells[random.Next(cells.Count)];
        var run = await world.Host.RemoveAsync(
            world.Integrations[random.Next(2)].Id, new RemovalPlan(cell.Account, world.Product, cell.Date, cell.Dimension));
        var place = (await world.StoredAsync(run.Id)).Queued().PlaceAt(++world.Turns);
        Assert.Equal(world.Reference.Log.Add(run.Id, place, [(cell, null)]), run.Changes);
        world.Ended.Add(run.Id);
        return $"remove {cell}";
    }

    public async Task<string> UndoAsync(Random random)
    {
        var target = world.Ended[random.Next(world.Ended.Count)];
        var scope = random.Next(6) switch
        {
            0 => new ChangeScope(Account: WorldRow.Accounts[random.Next(2)]),
            1 => new ChangeScope(Date: new DateOnly(2026, 8, random.Next(1, 4))),
            2 => new ChangeScope(Dimension: WorldRow.Dimensions[random.Next(2)]),
            _ => ChangeScope.All,
        };
        var before = await world.StoredAsync(target);
        if (await world.Host.Get<RunLogs>().FindIndexAsync(target, default) is not { Pieces.Count: > 0 }) return $"{target} wrote nothing";
        var following = await world.Host.Get<UndoneChildren>().FollowAsync(before.Run, scope, default);
        Assert.Equal(world.Reference.Follow(target, scope), following);
        if (await world.Host.Get<UndoPlans>().MakeAsync(target, scope, following, default) is not { } plan) return "nothing to undo";
        var index = await world.Host.Get<RunLogs>().GetIndexAsync(plan.Root, default);
        var preview = await world.Host.Get<UndoPreviews>().MakeAsync(plan, index, default);
        var run = await world.Host.UndoAsync(plan);
        foreach (var one in plan.Targets()) world.Reference.Log.Undo(run.Id, one, scope);
        world.Ended.Add(run.Id);
        var told = $"undo {run.Id} of {before.Run.Kind} {target}, {scope}, with {string.Join(' ', following)}";
        Assert.True(preview.Reversed + preview.Removed == run.Values, $"{told}: preview {preview}, {run.Values} values");
        return told;
    }

    private void Add(Run run, WorldFile file, string place)
    {
        var wrote = !file.IsRefused(file.Rows);
        Assert.True(wrote == (run.Status != RunStatus.Failed), $"{run.Id}: {run.Status} {run.Error?.Message}");
        var given = wrote ? file.Merge(file.Rows) : [];
        Assert.Equal(world.Reference.Log.Add(run.Id, place, given.Select(one => (one.Key, (double?)one.Value))), run.Changes);
        world.Reference.Roots.Add(new WorldReference.Root(run.Id, file, place, given.Count > 0));
        world.Ended.Add(run.Id);
    }
}
