using System.Globalization;
using Azure.Data.Tables;
using Usage.Core.Ids;
using Usage.Core.Values;
using Usage.Storage.Snapshots;

namespace Usage.Storage.Reports;

/// <summary>One account's values of one product on one date, and where the last of them came from.</summary>
public sealed record StoredSnapshot(
    AccountId Account, DateOnly Date, IReadOnlyDictionary<DimensionId, UsageValue> Values, RunId Run, long Row)
{
    internal static StoredSnapshot Read(TableEntity entity)
    {
        var values = new SortedDictionary<DimensionId, UsageValue>(ById.Instance);
        foreach (var (name, stored) in entity)
            if (SnapshotKeys.Dimension(name) is { } dimension && StoredValues.ToValue(stored) is { } value) values[dimension] = value;
        return new StoredSnapshot(
            new AccountId(entity.RowKey),
            DateOnly.ParseExact(entity.PartitionKey.Split('|')[2], "yyyy-MM-dd", CultureInfo.InvariantCulture), values,
            new RunId(entity.GetString(SnapshotKeys.Run)), entity.GetInt64(SnapshotKeys.Row) ?? 0);
    }

    private sealed class ById : IComparer<DimensionId>
    {
        public static readonly ById Instance = new();

        public int Compare(DimensionId x, DimensionId y) => string.CompareOrdinal(x.Value, y.Value);
    }
}
