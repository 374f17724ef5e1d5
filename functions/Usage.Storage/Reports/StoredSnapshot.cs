using System.Globalization;
using Azure.Data.Tables;
using Usage.Core.Ids;
using Usage.Core.Values;
using Usage.Storage.Snapshots;

namespace Usage.Storage.Reports;

/// <summary>One account's values of one product on one date, and where the last of them came from.</summary>
/// <param name="Row">Null where the run wrote what no file says, as an undo does.</param>
public sealed record StoredSnapshot(
    AccountId Account, DateOnly Date, IReadOnlyDictionary<DimensionId, UsageValue> Values, RunId Run, long? Row)
{
    /// <returns>Null for one that has lost all its values: it is still stored, and is none.</returns>
    internal static StoredSnapshot? Read(TableEntity entity)
    {
        var values = new SortedDictionary<DimensionId, UsageValue>(ById.Instance);
        foreach (var (name, stored) in entity)
            if (SnapshotKeys.Dimension(name) is { } dimension && StoredValues.ToValue(stored) is { } value) values[dimension] = value;
        if (values.Count == 0) return null;
        return new StoredSnapshot(
            new AccountId(entity.RowKey),
            DateOnly.ParseExact(entity.PartitionKey.Split('|')[2], "yyyy-MM-dd", CultureInfo.InvariantCulture), values,
            new RunId(entity.GetString(SnapshotKeys.Run)), entity.GetInt64(SnapshotKeys.Row) is > 0 and var row ? row : null);
    }

    private sealed class ById : IComparer<DimensionId>
    {
        public static readonly ById Instance = new();

        public int Compare(DimensionId x, DimensionId y) => string.CompareOrdinal(x.Value, y.Value);
    }
}
