using System.Globalization;
using Azure.Data.Tables;
using Usage.Core.Ids;
using Usage.Core.Snapshots;

namespace Usage.Storage.Snapshots;

/// <summary>
/// Where snapshots are. Partition: <c>{block mod 16, hex}|{product}|{yyyy-MM-dd}|{block}</c>, at most 100 accounts; row: the account's id.
/// Properties: <c>d_{dimension}</c> for each value, <c>run</c> and <c>row</c> (Edm.Int64; 0: no file's) of the last write.
/// </summary>
public static class SnapshotKeys
{
    /// <summary>A date is that many ranges of partitions, read side by side.</summary>
    public const int Ranges = 16;

    public const string Run = "run";

    public const string Row = "row";

    private const string DimensionPrefix = "d_";

    public static string Partition(int block, ProductId product, DateOnly date) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix(block % Ranges, product, date)}{block}");

    /// <param name="ordinal">Of the account.</param>
    public static string PartitionOf(int ordinal, ProductId product, DateOnly date) =>
        Partition(Partitioning.Block(ordinal), product, date);

    /// <summary>Filters one of the ranges of a date.</summary>
    public static string Range(int range, ProductId product, DateOnly date)
    {
        var prefix = Prefix(range, product, date);
        // '}' is the character behind '|'.
        return TableClient.CreateQueryFilter($"PartitionKey ge {prefix} and PartitionKey lt {prefix[..^1] + "}"}");
    }

    public static string Property(DimensionId dimension) => DimensionPrefix + dimension;

    /// <returns>Null for a property that isn't a dimension's.</returns>
    public static DimensionId? Dimension(string property) =>
        property.StartsWith(DimensionPrefix, StringComparison.Ordinal)
            && DimensionId.TryParse(property[DimensionPrefix.Length..], out var id) ? id : null;

    private static string Prefix(int range, ProductId product, DateOnly date) =>
        string.Create(CultureInfo.InvariantCulture, $"{range:x}|{product}|{date:yyyy-MM-dd}|");
}
