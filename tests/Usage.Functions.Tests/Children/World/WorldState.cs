using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Products;
using Usage.Core.Values;
using Usage.Functions.Tests.Imports;
using Usage.Storage.Integrations;
using Usage.Storage.Products;
using Usage.Storage.Runs;
using Usage.Storage.Unmatched;

namespace Usage.Functions.Tests.Children.World;

/// <summary>What the steps of a world share: the app, the reference, two integrations on one product.</summary>
internal sealed class WorldState
{
    public static readonly DateTimeOffset Begin = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<IntegrationId, Dictionary<string, AccountId>> _said = [];

    private WorldState(ImportHost host, ProductId product, Aggregate aggregate) =>
        (Host, Product, Aggregate) = (host, product, aggregate);

    public ImportHost Host { get; }

    public Aggregate Aggregate { get; }

    // Runs end here one after the other: of those with the same place the one that came first had its turn first.
    public int Turns { get; set; }

    /// <summary>Runs that may be undone.</summary>
    public List<RunId> Ended { get; } = [];

    public ProductId Product { get; }

    public WorldReference Reference { get; } = new();

    public List<Integration> Integrations { get; } = [];

    public bool AddsUp => Aggregate == Aggregate.Sum;

    public static async Task<WorldState> MakeAsync(ImportHost host, int seed)
    {
        var random = new Random(seed);
        var aggregate = random.Next(2) == 0 ? Aggregate.Sum : Aggregate.Last;
        var world = new WorldState(host, new ProductId($"world-{seed}-{Guid.NewGuid():N}"[..40]), aggregate);
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

    public async Task WaitingEqualsAsync(string when)
    {
        foreach (var integration in Integrations.Select(one => one.Id))
            for (var ghost = 0; ghost < 3; ghost++)
            {
                var found = await Host.Get<WaitingRuns>().OfKeyAsync(integration, MatchBy.AccountId, $"ghost-{ghost}", default);
                var expected = Reference.Waiting(integration, $"ghost-{ghost}");
                Assert.True(
                    expected.SequenceEqual(found.Select(one => (one.Run, one.Key.Rows))),
                    $"{when}\nghost-{ghost} of {integration}: expected {string.Join(' ', expected)}, "
                        + $"found {string.Join(' ', found.Select(one => (one.Run, one.Key.Rows)))}");
            }
    }

    /// <summary>What was said of identifiers until now.</summary>
    public Dictionary<string, AccountId> Said(IntegrationId integration) => new(_said[integration]);

    public void Say(IntegrationId integration, string key, AccountId account) => _said[integration][key] = account;

    public void Forget(IntegrationId integration) => _said[integration].Clear();

    public Task<StoredRun> StoredAsync(RunId run) => Host.Runs.GetAsync(run, default);

    private async Task<Integration> AddAsync(string side, ErrorMode mode, bool history)
    {
        var id = new IntegrationId($"{Product}-{side}");
        _said[id] = [];
        return (await Host.Get<IntegrationStore>().TryWriteAsync(new Integration
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
