using System.Globalization;
using System.Text;
using Usage.Core.Accounts;
using Usage.Core.Changes;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Products;
using Usage.Core.Runs;
using Usage.Core.Values;
using Usage.Functions.Changes.TakingBack;
using Usage.Functions.Tests.Durable;
using Usage.Functions.Tests.Imports;
using Usage.Functions.Tests.Runs;
using Usage.Storage.Changes;
using Usage.Storage.Integrations;
using Usage.Storage.Products;
using Usage.Storage.Runs;
using Usage.Testing.Machine;

namespace Usage.Functions.Tests.Changes;

/// <summary>
/// Any sequence of imports, late files, undos, undos of undos, removals and clearings, by two integrations on one product: after each step
/// what is stored, its points, its dates and every explanation equal the reference's.
/// </summary>
public sealed class ChangeTests(ImportHost host)
{
    private static readonly int Steps = TestSize.Of(8, 14, 14, 14);

    private static readonly DateTimeOffset Begin = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly AccountId[] Accounts = [new("acme"), new("globex")];
    private static readonly DimensionId[] Dimensions = [new("seats"), new("logins")];

    // Runs end here one after the other: of those that arrived at the same time the one that came first had its turn first.
    private int _turns;

    /// <inheritdoc cref="PropertySeeds"/>
    public static TheoryData<int> Seeds => PropertySeeds.Of([21, 22], large: 4, full: 40);

    [Theory, MemberData(nameof(Seeds))]
    public async Task Any_sequence_leaves_what_the_reference_says(int seed)
    {
        var (random, reference) = (new Random(seed), new ReferenceLog());
        var product = new ProductId($"changes-{seed}-{Guid.NewGuid():N}"[..40]);
        var integrations = await MakeAsync(product);
        var (ended, stored) = (new List<RunId>(), new StoredChanges(host, product, Dimensions));
        for (var step = 0; step < Steps; step++)
        {
            var what = ended.Count == 0 ? 0 : random.Next(10);
            if (what < 6) ended.Add(await ImportAsync(integrations[random.Next(2)], product, random, reference));
            else if (what < 9) await UndoAsync(ended, product, random, reference);
            else await RemoveAsync(integrations[random.Next(2)], product, random, reference, ended);
            await stored.EqualsAsync(reference, $"seed {seed}, step {step}");
        }
    }

    private async Task<Integration[]> MakeAsync(ProductId product)
    {
        await host.Get<ProductStore>().TryWriteAsync(new Product
        {
            Id = product,
            Name = product.Value,
            SnapshotPeriod = SnapshotPeriod.Daily,
            Dimensions = [.. Dimensions.Select(id => new Dimension { Id = id, Name = id.Value, DataType = DataType.Numeric })],
        }, null, default);
        var made = new List<Integration>();
        foreach (var side in new[] { "a", "b" })
        {
            made.Add((await host.Get<IntegrationStore>().TryWriteAsync(new Integration
            {
                Id = new IntegrationId($"{product}-{side}"),
                Name = side,
                AllowMultipleRowsPerCustomer = true,
                Match = [new MatchRule { By = MatchBy.AccountId, Column = "account" }],
                File = new FileFormat { ClearTokens = ["gone"] },
                Products =
                [
                    new ProductMapping
                    {
                        Product = product, DateColumn = "day",
                        Dimensions = [.. Dimensions.Select(id => new DimensionMapping { Column = id.Value, Dimension = id })],
                    },
                ],
            }, null, default))!);
        }

        return [.. made];
    }

    /// <summary>A file that arrived at any time, whatever was imported before.</summary>
    private async Task<RunId> ImportAsync(Integration integration, ProductId product, Random random, ReferenceLog reference)
    {
        var (text, given) = (new StringBuilder("account,day,seats,logins\n"), new List<(ReferenceLog.Cell, double?)>());
        foreach (var account in Accounts)
        {
            for (var day = 1; day <= 2; day++)
            {
                if (random.Next(4) == 0) continue;
                var date = new DateOnly(2026, 8, day);
                text.Append(CultureInfo.InvariantCulture, $"{account},{date:yyyy-MM-dd}");
                foreach (var dimension in Dimensions)
                {
                    var kind = random.Next(8);
                    double? value = kind < 6 ? random.Next(1, 5) : null;
                    text.Append(CultureInfo.InvariantCulture, $",{(kind < 6 ? value : kind == 6 ? "" : "gone")}");
                    if (kind != 6) given.Add((new ReferenceLog.Cell(account, product, date, dimension), value));
                }

                text.Append('\n');
            }
        }

        var dropped = await host.DropBytesAsync(
            integration.Id.Value, Encoding.UTF8.GetBytes(text.ToString()), $"{Guid.NewGuid():N}.csv", force: true);
        var drop = dropped with { ArrivedAt = Begin.AddHours(random.Next(40)) };
        var run = await host.ImportAsync(drop);
        Assert.True(run.Status is RunStatus.Succeeded or RunStatus.PartiallySucceeded, $"{run.Status} {run.Error?.Message}");
        Assert.Equal(reference.Add(run.Id, QueuedRun.Of(drop).PlaceAt(++_turns), given), run.Changes);
        Assert.Equal(run.Values, run.Changes.New + run.Changes.Changed + run.Changes.Unchanged + run.Changes.Removed);
        return run.Id;
    }

    private async Task UndoAsync(List<RunId> ended, ProductId product, Random random, ReferenceLog reference)
    {
        var target = ended[random.Next(ended.Count)];
        var scope = random.Next(5) switch
        {
            0 => new ChangeScope(Account: Accounts[random.Next(2)]),
            1 => new ChangeScope(Date: new DateOnly(2026, 8, random.Next(1, 3))),
            2 => new ChangeScope(Dimension: Dimensions[random.Next(2)]),
            3 => new ChangeScope(Product: product),
            _ => ChangeScope.All,
        };
        if (await host.PlanUndoAsync(target, scope) is not { } plan) return;
        if (await host.Get<RunLogs>().FindIndexAsync(plan.Root, default) is not { } index) return;
        var preview = await host.Get<UndoPreviews>().MakeAsync(plan, index, default);
        var undo = await host.UndoAsync(plan);
        Assert.Contains(undo.Id, (await host.Runs.GetAsync(target, default)).Run.UndoneBy);
        Assert.Equal(preview.Reversed + preview.Removed, undo.Values);
        reference.Undo(undo.Id, target, scope);
        ended.Add(undo.Id);
    }

    private async Task RemoveAsync(
        Integration integration, ProductId product, Random random, ReferenceLog reference, List<RunId> ended)
    {
        var cells = reference.Cells.Where(cell => reference.ValueOf(cell) is not null).ToList();
        if (cells.Count == 0) return;
        var cell = cells[random.Next(cells.Count)];
        var removal = await host.RemoveAsync(integration.Id, new RemovalPlan(cell.Account, product, cell.Date, cell.Dimension));
        var place = new QueuedRun(removal.Id, (await host.Runs.GetAsync(removal.Id, default)).Drop!).PlaceAt(++_turns);
        Assert.Equal(reference.Add(removal.Id, place, [(cell, null)]), removal.Changes);
        ended.Add(removal.Id);
    }
}
