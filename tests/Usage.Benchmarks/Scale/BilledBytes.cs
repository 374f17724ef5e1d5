using Azure.Data.Tables;
using Usage.Benchmarks.Files;
using Usage.Core.Ids;
using Usage.Storage.Snapshots;

namespace Usage.Benchmarks.Scale;

/// <summary>
/// Bytes of an entity as Azure bills them: 4, two a character of its keys, and of each property 8, two a character of its name, and its
/// value.
/// </summary>
internal static class BilledBytes
{
    /// <summary>A snapshot of the sample file.</summary>
    public static double OfSample()
    {
        var entity = new TableEntity(SnapshotKeys.Partition(1_000, new ProductId("platform"), new DateOnly(2026, 10, 1)), "a0000000")
        {
            [SnapshotKeys.Run] = "20261122T000000-000000000000",
            [SnapshotKeys.Row] = 1L,
        };
        var values = new object[] { 1d, 0.25, "Enterprise", true };
        foreach (var (dimension, value) in SampleMapping.Dimensions.Zip(values))
            entity[SnapshotKeys.Property(new DimensionId(dimension.Dimension))] = value;
        return Of(entity);
    }

    public static double Of(TableEntity entity) =>
        4 + 2 * (entity.PartitionKey.Length + entity.RowKey.Length)
        + entity.Where(property => property.Key is not ("PartitionKey" or "RowKey"))
            .Sum(property => 8 + 2 * property.Key.Length + Value(property.Value));

    private static double Value(object value) => value switch
    {
        string text => 4 + 2 * text.Length,
        bool => 1,
        _ => 8,
    };
}
