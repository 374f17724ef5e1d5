using Azure.Data.Tables;
using Usage.Core.Changes;
using Usage.Core.Ids;
using Usage.Core.Snapshots;
using Usage.Core.Values;
using Usage.Storage.Snapshots;
using Usage.Storage.Tables;
using Usage.Testing.Emulator;

namespace Usage.Storage.Tests.Snapshots;

[Collection(SharedStorage.Name)]
public sealed class SnapshotWriterTests(StorageFixture storage)
{
    private static readonly DateOnly October = new(2026, 10, 1);
    private static readonly RunId Run = new("20260101T000000-000000000001");

    [Fact]
    public async Task Blank_value_leaves_what_is_stored()
    {
        var product = new ProductId("blank");
        var writer = new SnapshotWriter(storage.Tables);
        await writer.WriteAsync(Target(product), Group([(7, [UsageValue.Of(1.5), UsageValue.Of("a")])]), Run, StoredBlock.Nothing,
            MayWrite, default);

        await writer.WriteAsync(Target(product), Group([(7, [null, UsageValue.Of("b")])]), Run, null, MayWrite, default);

        var entity = (await storage.Tables.Snapshots.GetEntityIfExistsAsync<TableEntity>($"0|blank|2026-10-01|0", "account-7")).Value!;
        Assert.Equal((1.5, "b", 7L), (entity.GetDouble("d_number"), entity.GetString("d_text"), entity.GetInt64("row")));
    }

    [Fact]
    public async Task Group_larger_than_a_transaction_may_be_is_written_in_several()
    {
        var product = new ProductId("large");
        var writer = new SnapshotWriter(storage.Tables);
        var text = UsageValue.Of(new string('\u20AC', 32_000));

        await writer.WriteAsync(Target(product), Group([.. Enumerable.Range(0, 100).Select(i => (i, new UsageValue?[] { null, text }))]),
            Run, StoredBlock.Nothing, MayWrite, default);

        var stored = await StoredBlock.LoadAsync(storage.Tables, 0, product, October, default);
        Assert.Equal(100, Enumerable.Range(0, 100).Count(i =>
            stored.Find(new AccountId($"account-{i}"), new DimensionId("text")) is not null));
    }

    [Fact]
    public async Task Snapshot_larger_than_an_entity_may_be_is_refused_and_named()
    {
        var writer = new SnapshotWriter(storage.Tables);
        var target = Target(new ProductId("vast")) with { Properties = [.. Enumerable.Range(0, 17).Select(i => $"d_{i:00}")] };
        var group = Group([(7, [.. Enumerable.Repeat<UsageValue?>(UsageValue.Of(new string('x', 32_000)), 17)])]);

        var refused = await Assert.ThrowsAsync<TableLimitException>(
            () => writer.WriteAsync(target, group, Run, StoredBlock.Nothing, MayWrite, default));

        Assert.Equal(
            "table snapshots, entity \"0|vast|2026-10-01|0\" / \"account-7\": found 1,088,496 bytes, expected at most 1,048,576",
            refused.Message);
    }

    [Fact]
    public async Task Values_of_an_account_that_is_gone_are_dropped()
    {
        var product = new ProductId("gone");
        var writer = new SnapshotWriter(storage.Tables);

        await writer.WriteAsync(Target(product) with { Account = ordinal => ordinal == 1 ? null : new AccountId($"account-{ordinal}") },
            Group([(0, [UsageValue.Of(1.0), null]), (1, [UsageValue.Of(2.0), null])]), Run, StoredBlock.Nothing, MayWrite, default);

        var stored = await StoredBlock.LoadAsync(storage.Tables, 0, product, October, default);
        Assert.NotNull(stored.Find(new AccountId("account-0"), new DimensionId("number")));
        Assert.Null(stored.Find(new AccountId("account-1"), new DimensionId("number")));
    }

    private static GroupTarget Target(ProductId product) =>
        new(product, ["d_number", "d_text"], ordinal => new AccountId($"account-{ordinal}"));

    private static Task<bool> MayWrite() => Task.FromResult(true);

    private static GroupWrites Group((int Account, UsageValue?[] Values)[] snapshots) => GroupComparison.Compare(
        new SnapshotGroup
        {
            Block = 0,
            Product = 0,
            Date = October,
            Snapshots = [.. snapshots.Select(snapshot => new MergedSnapshot(snapshot.Account, 7, snapshot.Values))],
        },
        _ => true, (_, _) => null, (_, _) => false);
}
