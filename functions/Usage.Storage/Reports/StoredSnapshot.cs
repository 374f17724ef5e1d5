using System.Globalization;
using Azure.Data.Tables;
using Usage.Core.Accounts;
using Usage.Core.Products;
using Usage.Core.Runs;
using Usage.Core.Values;

namespace Usage.Storage.Reports;

/// <summary>One account's values of one product on one date, and where the last of them came from.</summary>
public sealed record StoredSnapshot(AccountId Account, DateOnly Date, IReadOnlyDictionary<DimensionId, UsageValue> Values, RunId Run, long Row)
{
    private const string ValuePrefix = "d_";

    internal static StoredSnapshot Read(TableEntity entity)
    {
        var values = new SortedDictionary<DimensionId, UsageValue>(ById.Instance);
        foreach (var (name, value) in (IDictionary<string, object>)entity)
            if (name.StartsWith(ValuePrefix, StringComparison.Ordinal) && Value(value) is { } typed) values[new DimensionId(name[ValuePrefix.Length..])] = typed;
        var key = entity.PartitionKey.Split('|');
        return new StoredSnapshot(
            new AccountId(entity.RowKey), DateOnly.ParseExact(key[2], "yyyy-MM-dd", CultureInfo.InvariantCulture), values,
            new RunId(entity.GetString("run")), entity.GetInt64("row") ?? 0);
    }

    private static UsageValue? Value(object? value) => value switch
    {
        double number => UsageValue.Of(number),
        string text => UsageValue.Of(text),
        bool boolean => UsageValue.Of(boolean),
        _ => null,
    };

    private sealed class ById : IComparer<DimensionId>
    {
        public static readonly ById Instance = new();

        public int Compare(DimensionId x, DimensionId y) => string.CompareOrdinal(x.Value, y.Value);
    }
}
