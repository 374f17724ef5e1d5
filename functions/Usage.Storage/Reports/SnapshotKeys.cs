using System.Globalization;
using Usage.Core.Products;

namespace Usage.Storage.Reports;

/// <summary>
/// Where snapshots live: PartitionKey <c>{block mod 16, hex}|{product}|{yyyy-MM-dd}|{block}</c>, RowKey account id; a block is
/// a hundred accounts in the order of their creation.
/// </summary>
internal static class SnapshotKeys
{
    public const int Ranges = 16;
    public const int BlockSize = 100;

    public static string Partition(ProductId product, DateOnly date, int ordinal)
    {
        var block = ordinal / BlockSize;
        return string.Create(CultureInfo.InvariantCulture, $"{block % Ranges:x}|{product.Value}|{date:yyyy-MM-dd}|{block}");
    }

    /// <summary>All partitions of a range, product and date start with this; their keys are below it with <c>}</c> for the last <c>|</c>.</summary>
    public static string Prefix(int range, ProductId product, DateOnly date) =>
        string.Create(CultureInfo.InvariantCulture, $"{range:x}|{product.Value}|{date:yyyy-MM-dd}|");
}
