using System.Text;
using Azure.Data.Tables;
using Usage.Core.Accounts;
using Usage.Core.Files;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Products;
using Usage.Core.Runs;
using Usage.Core.Values;
using Usage.Functions.Tests.Durable;
using Usage.Functions.Tests.Imports;
using Usage.Functions.Tests.Runs;
using Usage.Storage;
using Usage.Storage.Changes;
using Usage.Storage.Children;
using Usage.Storage.Integrations;
using Usage.Storage.Products;
using Usage.Testing.Machine;

namespace Usage.Functions.Tests.Children;

/// <summary>
/// After any replays, fixes and undos of them there is what one import of the mended file gives: another product gets that file, by an
/// integration that is the same otherwise.
/// </summary>
public sealed class ChildTests(ImportHost host)
{
    private const int Steps = 7;

    private static readonly DimensionId[] Dimensions = [new("seats"), new("logins")];

    /// <inheritdoc cref="PropertySeeds"/>
    public static TheoryData<int> Seeds => PropertySeeds.Of([32, 409017], large: 5, full: 40);

    [SlowTheory, MemberData(nameof(Seeds))]
    public async Task Children_leave_what_the_mended_file_gives(int seed)
    {
        var random = new Random(seed);
        var (mode, aggregate, history) = (
            (ErrorMode)random.Next(3), random.Next(2) == 0 ? Aggregate.Sum : Aggregate.Last, random.Next(4) != 0);
        var (mended, twin) = (await MakeAsync(mode, aggregate, history), await MakeAsync(mode, aggregate, history));
        var file = new MendableFile(random);
        var parent = await ImportAsync(mended.Id, file.Text([]));
        var (done, told) = (new List<(RunId Run, MendableFile.Mend Mend, bool Wrote)>(), new List<string>());
        for (var step = 0; step < Steps; step++)
        {
            var written = done.FindAll(child => child.Wrote);
            if (written.Count > 0 && random.Next(4) == 0)
            {
                var plan = (await host.PlanUndoAsync(written[random.Next(written.Count)].Run))!;
                await host.UndoAsync(plan);
                told.Add($"undo of {string.Join(" and ", plan.Roots())}");
                done.RemoveAll(child => plan.Roots().Contains(child.Run));
            }
            else
            {
                var mend = file.Next(random);
                var child = await MendAsync(parent, mend);
                Assert.True(child.Status is RunStatus.Succeeded or RunStatus.PartiallySucceeded or RunStatus.Failed, child.Error?.Message);
                told.Add($"{child.Id}: {mend} {child.Status} {child.Error?.Code} {child.Changes}");
                // Unless it says what is mended already, one that wrote nothing mends all the same: other cells of its rows may be later.
                var wrote = (await host.Get<RunLogs>().FindIndexAsync(child.Id, default))?.Pieces.Count > 0;
                if (wrote || (child.Status != RunStatus.Failed && done.All(one => one.Mend != mend))) done.Add((child.Id, mend, wrote));
            }

            await EqualsAsync(
                $"seed {seed}, step {step}: {mode} {aggregate} history {history}\n{file.Text([])}\n"
                + string.Join("\n", told) + "\nof which count\n" + string.Join("\n", done.Select(one => one.Mend)));
        }

        async Task EqualsAsync(string when)
        {
            await ClearAsync(twin.Id);
            await ImportAsync(twin.Id, file.Text([.. done.Select(one => one.Mend)]));
            var (expected, found) = (await StoredAsync(twin.Id), await StoredAsync(mended.Id));
            Assert.True(expected.SequenceEqual(found), $"{when}\nexpected {string.Join("; ", expected)}\nfound {string.Join("; ", found)}");
        }
    }

    private async Task<Integration> MakeAsync(ErrorMode mode, Aggregate aggregate, bool history)
    {
        var id = $"children-{Guid.NewGuid():N}"[..40];
        await host.Get<ProductStore>().TryWriteAsync(new Product
        {
            Id = new ProductId(id),
            Name = id,
            SnapshotPeriod = SnapshotPeriod.Daily,
            Dimensions =
            [
                .. Dimensions.Select(dimension => new Dimension
                {
                    Id = dimension, Name = dimension.Value, DataType = DataType.Numeric, Aggregate = aggregate,
                }),
            ],
        }, null, default);
        return (await host.Get<IntegrationStore>().TryWriteAsync(new Integration
        {
            Id = new IntegrationId(id),
            Name = id,
            AllowMultipleRowsPerCustomer = history,
            Match = [new MatchRule { By = MatchBy.AccountId, Column = "account" }],
            OnError = new ErrorPolicy { Mode = mode },
            Products =
            [
                new ProductMapping
                {
                    Product = new ProductId(id), DateColumn = "day",
                    Dimensions = [.. Dimensions.Select(one => new DimensionMapping { Column = one.Value, Dimension = one })],
                },
            ],
        }, null, default))!;
    }

    private async Task<Run> ImportAsync(IntegrationId integration, string text) => await host.ImportAsync(await host.DropBytesAsync(
        integration.Value, Encoding.UTF8.GetBytes(text), $"{Guid.NewGuid():N}.csv", force: true));

    /// <summary>Of snapshots that have values.</summary>
    private async Task<IReadOnlyList<string>> StoredAsync(IntegrationId integration)
    {
        var found = new List<string>();
        await foreach (var entity in host.Get<UsageTables>().Snapshots.QueryAsync<TableEntity>())
        {
            if (entity.PartitionKey.Split('|')[1] != integration.Value) continue;
            var values = Dimensions.Where(one => entity.ContainsKey($"d_{one}")).Select(one => $"{one}={entity[$"d_{one}"]}").ToList();
            if (values.Count > 0) found.Add($"{entity.RowKey} {entity.PartitionKey.Split('|')[2]} {string.Join(' ', values)}");
        }

        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private async Task<Run> MendAsync(Run parent, MendableFile.Mend mend)
    {
        if (mend.Key is { } key) return await host.ReplayAsync(parent.Id, key, new AccountId(mend.Becomes));
        var mends = mend.Row is { } row
            ? new Mends { Rows = [new MendedRow(row, new Dictionary<string, string> { [mend.Column] = mend.Becomes })] }
            : new Mends { Rules = [new MendRule(mend.Column, mend.Found, mend.Becomes)] };
        return await host.FixAsync(new ChildPlan(parent.Id) { Mends = mends });
    }

    /// <summary>Undoes all that was imported into the twin.</summary>
    private async Task ClearAsync(IntegrationId twin)
    {
        foreach (var run in await host.Runs.ListAsync(new Storage.Runs.RunFilter(RunKind.Import, twin), 100, null, default))
            if (run.UndoneBy.Count == 0 && (await host.Get<RunLogs>().FindIndexAsync(run.Id, default))?.Pieces.Count > 0)
                await host.UndoAsync(run.Id);
    }
}
