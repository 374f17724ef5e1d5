using Usage.Core.Changes;
using Usage.Core.Snapshots;
using Usage.Core.Values;

namespace Usage.Benchmarks.Files;

/// <summary>A full block of new snapshots, as <see cref="UsageFile"/> would make them.</summary>
internal static class SampleGroup
{
    public static readonly DateOnly Date = new(2026, 10, 1);

    public static GroupWrites Of(int block) => GroupComparison.Compare(new SnapshotGroup
    {
        Block = block,
        Product = 0,
        Date = Date,
        Snapshots =
        [
            .. Enumerable.Range(block * Partitioning.BlockSize, Partitioning.BlockSize).Select(account => new MergedSnapshot(
                account, account + 1,
                new UsageValue?[] { UsageValue.Of(account % 5_000d), UsageValue.Of(account + 0.25), UsageValue.Of("Enterprise"),
                    UsageValue.Of(true) })),
        ],
    }, _ => true, (_, _) => null, (_, _) => false);
}
