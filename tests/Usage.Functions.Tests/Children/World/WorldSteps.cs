using Usage.Core.Accounts;
using Usage.Core.Changes;
using Usage.Core.Children;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Products;
using Usage.Core.Runs;
using Usage.Core.Values;
using Usage.Functions.Changes.TakingBack;
using Usage.Functions.Children;
using Usage.Functions.Mending;
using Usage.Functions.Runs;
using Usage.Functions.Tests.Imports;
using Usage.Functions.Unmatched;
using Usage.Storage;
using Usage.Storage.Changes;
using Usage.Storage.Children;
using Usage.Storage.Imports;
using Usage.Storage.Integrations;
using Usage.Storage.Products;
using Usage.Storage.Runs;
using Usage.Storage.Unmatched;

namespace Usage.Functions.Tests.Children.World;

/// <summary>The steps of a world, each taken by the app and by the reference.</summary>
internal sealed class WorldSteps
{
    private static readonly DateTimeOffset Begin = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ImportHost _host;
    private readonly Aggregate _aggregate;
    private readonly Dictionary<IntegrationId, Dictionary<string, AccountId>> _said = [];
    private readonly List<RunId> _ended = [];
    private readonly HashSet<int> _arrivals = [];

    // Runs end here one after the other: of those with the same place the one that came first had its turn first.
    private int _turns;

    private WorldSteps(ImportHost host, ProductId product, Aggregate aggregate) =>
        (_host, Product, _aggregate) = (host, product, aggregate);

    public ProductId Product { get; }

    public WorldReference Reference { get; } = new();

    private List<Integration> Integrations { get; } = [];

    public bool AddsUp => _aggregate == Aggregate.Sum;

    public static async Task<WorldSteps> MakeAsync(ImportHost host, int seed)
    {
        var random = new Random(seed);
        var aggregate = random.Next(2) == 0 ? Aggregate.Sum : Aggregate.Last;
        var world = new WorldSteps(host, new ProductId($"world-{seed}-{Guid.NewGuid():N}"[..40]), aggregate);
        await host.Get<ProductStore>().TryWriteAsync(new Product
        {
            Id = world.Product,
            Name = world.Product.Value,
            SnapshotPeriod = SnapshotPeriod.Daily,
            Dimensions =
            [
                .. WorldRow.Dimensions.Select(id => new Dimension
                {
                    Id = id, Name = id.Value, DataType = DataType.Numeric, Aggregate = aggregate,
                }),
            ],
        }, null, default);
        foreach (var side in new[] { "a", "b" })
            world.Integrations.Add(await world.AddAsync(side, (ErrorMode)random.Next(3), random.Next(3) != 0));
        return world;
    }

    public async Task<string> ImportAsync(Random random)
    {
        var integration = Integrations[random.Next(Integrations.Count)];
        var file = WorldFile.Of(integration, _aggregate, Said(integration.Id), random);
        var dropped = await _host.DropBytesAsync(integration.Id.Value, file.Text(), $"{Guid.NewGuid():N}.csv", force: true);
        int arrival;
        do arrival = random.Next(40);
        while (!_arrivals.Add(arrival) && _arrivals.Count < 40);
        var drop = dropped with { ArrivedAt = Begin.AddHours(arrival) };
        var run = await _host.ImportAsync(drop);
        Add(run, file, QueuedRun.Of(drop).PlaceAt(++_turns));
        return $"import {run.Id} by {integration.Id.Value[^1]}, arrival {arrival}, {integration.OnError.Mode}, "
            + $"history {integration.AllowMultipleRowsPerCustomer}, {_aggregate}: {string.Join(" | ", file.Rows)} -> {run.Status} {run.Error?.Code}";
    }

    public async Task<string> AgainAsync(Random random)
    {
        var root = Reference.Roots[random.Next(Reference.Roots.Count)];
        var (parent, mapping) = (await StoredAsync(root.Run), await _host.Get<RunFiles>().MappingAsync(root.Run, default));
        var run = await _host.EndOfAsync(await _host.Get<FollowUps>().StartAsync(
            _host.Client, new(RunKind.Import, "ann", root.File.Integration.Id, 1) { Parent = parent, ReadsParent = true },
            (again, cancellationToken) => _host.Get<RunFiles>().AddMappingAsync(again, mapping, cancellationToken), default));
        Add(run, root.File.Again(Said(root.File.Integration.Id)), (await StoredAsync(run.Id)).Queued().PlaceBehind(root.Place, ++_turns));
        return $"again {run.Id} of {root.Run} -> {run.Status}";
    }

    /// <summary>Somebody says what an identifier is: all rows that wait for it are replayed.</summary>
    public async Task<string> ResolveAsync(Random random)
    {
        var integration = Integrations[random.Next(Integrations.Count)].Id;
        var (key, account) = (WorldFile.Ghost(random), WorldRow.Accounts[random.Next(2)]);
        var waiting = Reference.Waiting(integration, key);
        var resolution = new Resolution
        {
            Integration = integration, By = MatchBy.AccountId, Key = key, Account = account, Author = "ann", At = DateTimeOffset.UtcNow,
        };
        var preview = (await _host.Get<ResolvePreviews>().MakeAsync(resolution, made: null, default))!;
        var done = await _host.Get<ResolveStarter>().StartAsync(_host.Client, new ResolveIdentifier.Input(resolution, null), default);
        _said[integration][key] = account;
        Assert.Equal(waiting.Count, done.Replays.Count);
        var ended = new List<Run>();
        foreach (var replay in done.Replays) ended.Add(await _host.EndOfAsync(replay));
        var told = $"{key} of {integration.Value[^1]} is {account}";
        foreach (var replay in ended.OrderBy(run => run.StartedAt))
        {
            var mend = new WorldMend.Replay(key, account) { Said = Said(integration) };
            told += "\n   " + AddChild(replay, mend, ended.Count == 1 ? (preview.Rows, preview.Values) : null);
        }

        return told;
    }

    /// <summary>What was said of an identifier is taken back: later runs don't know it.</summary>
    public async Task<string> ForgetAsync(Random random)
    {
        var integration = Integrations[random.Next(Integrations.Count)].Id;
        var resolutions = _host.Get<ResolutionStore>();
        foreach (var resolution in (await resolutions.ReadAsync(integration, default)).All)
            await resolutions.TryDeleteAsync(resolution, default);
        _said[integration].Clear();
        return $"forget what was said of {integration.Value[^1]}";
    }

    public async Task<string> FixAsync(Random random)
    {
        if (Standing(random) is not { } root) return "no fix";
        var column = random.Next(4);
        var (becomes, name) = (WorldFile.Mended(column, random), WorldRow.Columns[column]);
        var row = root.File.Rows[random.Next(root.File.Rows.Count)];
        var said = Said(root.File.Integration.Id);
        var (mend, mends) = random.Next(2) == 0
            ? ((WorldMend)new WorldMend.Cell(row.Number, column, becomes) { Said = said },
                new Mends { Rows = [new MendedRow(row.Number, new Dictionary<string, string> { [name] = becomes })] })
            : (new WorldMend.Rule(column, row.Cells[column], becomes) { Said = said },
                new Mends { Rules = [new MendRule(name, row.Cells[column], becomes)] });
        var plan = new ChildPlan(root.Run) { Mends = mends };
        var preview = await _host.Get<ChildPreviews>().MakeAsync(plan, made: null, default);
        var fix = await _host.EndOfAsync(await _host.Get<FollowUps>().StartAsync(
            _host.Client, new(RunKind.Fix, "ann", root.File.Integration.Id, 1) { Parent = await StoredAsync(root.Run), ReadsParent = true },
            (child, cancellationToken) => _host.Get<ChildFiles>().AddPlanAsync(child, plan, cancellationToken), default));
        return AddChild(fix, mend, (preview!.Rows, preview.Values));
    }

    /// <summary>Rejected rows of a run, or of a replay or fix, come back, some of them corrected.</summary>
    public async Task<string> CorrectAsync(Random random)
    {
        if (Standing(random) is not { } root) return "no correction";
        RunId[] runs = [root.Run, .. Reference.Standing(root).Select(child => child.Run)];
        var sent = await WorldRejected.ReadAsync(_host, runs[random.Next(runs.Length)]);
        if (sent is null) return "nothing was rejected";
        sent.Correct(random);
        var drop = await _host.DropBytesAsync(root.File.Integration.Id.Value, sent.Text(), $"{Guid.NewGuid():N}.csv");
        // Before the files that were really written just now, or these would be looked after as if their events were late.
        var fix = await _host.ImportAsync(drop with { ArrivedAt = Begin.AddDays(10) });
        var chain = sent.Run == root.Run ? [] : (await _host.Get<ChildFiles>().ChainAsync(sent.Run, default)).Earlier;
        var mend = new WorldMend.Correction(sent.Run, chain.Append(sent.Run).ToHashSet(), sent.Rows)
        {
            Said = Said(root.File.Integration.Id),
        };
        return AddChild(fix, mend, preview: null);
    }

    public async Task<string> RemoveAsync(Random random)
    {
        var cells = Reference.Log.Cells.Where(cell => Reference.Log.ValueOf(cell) is not null).ToList();
        if (cells.Count == 0) return "no removal";
        var cell = cells[random.Next(cells.Count)];
        var run = await _host.EndOfAsync(await _host.Get<FollowUps>().StartAsync(
            _host.Client, new(RunKind.Removal, "ann", Integrations[random.Next(2)].Id, 1),
            (removal, cancellationToken) => _host.Get<RemovalPlans>().AddAsync(
                removal, new RemovalPlan(cell.Account, Product, cell.Date, cell.Dimension), cancellationToken), default));
        var place = (await StoredAsync(run.Id)).Queued().PlaceAt(++_turns);
        Assert.Equal(Reference.Log.Add(run.Id, place, [(cell, null)]), run.Changes);
        _ended.Add(run.Id);
        return $"remove {cell}";
    }

    public async Task<string> UndoAsync(Random random)
    {
        var target = _ended[random.Next(_ended.Count)];
        var scope = random.Next(6) switch
        {
            0 => new ChangeScope(Account: WorldRow.Accounts[random.Next(2)]),
            1 => new ChangeScope(Date: new DateOnly(2026, 8, random.Next(1, 4))),
            2 => new ChangeScope(Dimension: WorldRow.Dimensions[random.Next(2)]),
            _ => ChangeScope.All,
        };
        var before = await StoredAsync(target);
        if (await _host.Get<RunLogs>().FindIndexAsync(target, default) is not { Pieces.Count: > 0 }) return $"{target} wrote nothing";
        var following = await _host.Get<UndoneChildren>().FollowAsync(before.Run, scope, default);
        Assert.Equal(Reference.Follow(target, scope), following);
        if (await _host.Get<UndoPlans>().MakeAsync(target, scope, following, default) is not { } plan) return "nothing to undo";
        var index = await _host.Get<RunLogs>().GetIndexAsync(plan.Root, default);
        var preview = await _host.Get<UndoPreviews>().MakeAsync(plan, index, default);
        var run = await _host.EndOfAsync(await _host.Get<FollowUps>().StartAsync(
            _host.Client, new(RunKind.Undo, "ann", before.Run.Integration!.Value, 1) { Parent = before },
            (undo, cancellationToken) => _host.Get<UndoPlans>().AddAsync(undo, plan, cancellationToken), default));
        Assert.Equal(RunStatus.Succeeded, run.Status);
        foreach (var one in plan.Targets()) Reference.Log.Undo(run.Id, one, scope);
        _ended.Add(run.Id);
        var told = $"undo {run.Id} of {before.Run.Kind} {target}, {scope}, with {string.Join(' ', following)}";
        Assert.True(preview.Reversed + preview.Removed == run.Values, $"{told}: preview {preview}, {run.Values} values");
        return told;
    }

    public async Task WaitingEqualsAsync(string when)
    {
        foreach (var integration in Integrations.Select(one => one.Id))
            for (var ghost = 0; ghost < 3; ghost++)
            {
                var found = await _host.Get<WaitingRuns>().OfKeyAsync(integration, MatchBy.AccountId, $"ghost-{ghost}", default);
                var expected = Reference.Waiting(integration, $"ghost-{ghost}");
                Assert.True(
                    expected.SequenceEqual(found.Select(one => (one.Run, one.Key.Rows))),
                    $"{when}\nghost-{ghost} of {integration}: expected {string.Join(' ', expected)}, "
                        + $"found {string.Join(' ', found.Select(one => (one.Run, one.Key.Rows)))}");
            }
    }

    private void Add(Run run, WorldFile file, string place)
    {
        var wrote = !file.IsRefused(file.Rows);
        Assert.True(wrote == (run.Status != RunStatus.Failed), $"{run.Id}: {run.Status} {run.Error?.Message}");
        var given = wrote ? file.Merge(file.Rows) : [];
        Assert.Equal(Reference.Log.Add(run.Id, place, given.Select(one => (one.Key, (double?)one.Value))), run.Changes);
        Reference.Roots.Add(new WorldReference.Root(run.Id, file, place, given.Count > 0));
        _ended.Add(run.Id);
    }

    /// <param name="preview">Null: none was asked for.</param>
    private string AddChild(Run run, WorldMend mend, (long Rows, long Values)? preview)
    {
        var root = Reference.Roots.Single(root => root.Run == run.Parent);
        var outcome = Reference.Foresee(root, run.Id, mend);
        var told = $"{run.Kind} {run.Id} of {root.Run}: {mend} -> {run.Status} {run.Error?.Code}";
        Assert.True(outcome.Fails == (run.Status == RunStatus.Failed), $"{told}, foreseen {outcome.Fails}");
        Assert.True(outcome.Own.Count == run.Rows.Read, $"{told}: {outcome.Own.Count} rows, found {run.Rows.Read}");
        Assert.Equal(outcome.Own.Count(row => row.Account is null), run.Rows.Unmatched);
        var place = new QueuedRun(run.Id, new Drop("", "", default, false)).PlaceBehind(root.Place, ++_turns);
        var changes = Reference.Add(root, run.Id, place, mend, outcome);
        Assert.True(changes == run.Changes, $"{told}: expected {changes}, found {run.Changes}");
        if (preview is { } seen)
            Assert.True(
                seen.Values == changes.New + changes.Changed + changes.Removed
                && seen.Rows == (outcome.Fails ? 0 : run.Rows.Read - run.Rows.Unmatched - run.Rows.Invalid),
                $"{told}: preview {seen}; found {run.Rows}, {run.Changes}");
        _ended.Add(run.Id);
        return told;
    }

    /// <returns>A run that may be mended; null: there is none.</returns>
    private WorldReference.Root? Standing(Random random)
    {
        var standing = Reference.Roots.Where(root => !Reference.Log.IsWhollyUndone(root.Run)).ToList();
        return standing.Count == 0 ? null : standing[random.Next(standing.Count)];
    }

    private Dictionary<string, AccountId> Said(IntegrationId integration) => new(_said[integration]);

    private Task<StoredRun> StoredAsync(RunId run) => _host.Runs.GetAsync(run, default);

    private async Task<Integration> AddAsync(string side, ErrorMode mode, bool history)
    {
        var id = new IntegrationId($"{Product}-{side}");
        _said[id] = [];
        return (await _host.Get<IntegrationStore>().TryWriteAsync(new Integration
        {
            Id = id,
            Name = side,
            AllowMultipleRowsPerCustomer = history,
            Match = [new MatchRule { By = MatchBy.AccountId, Column = "account" }],
            OnError = new ErrorPolicy { Mode = mode },
            Products =
            [
                new ProductMapping
                {
                    Product = Product, DateColumn = "day",
                    Dimensions = [.. WorldRow.Dimensions.Select(one => new DimensionMapping { Column = one.Value, Dimension = one })],
                },
            ],
        }, null, default))!;
    }
}
