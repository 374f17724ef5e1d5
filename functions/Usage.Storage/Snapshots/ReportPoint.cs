using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;
using Usage.Core;
using Usage.Core.Ids;
using Usage.Core.Reports;
using Usage.Core.Values;

namespace Usage.Storage.Snapshots;

/// <summary>
/// The kept point of one dimension on one date. Partition: <c>{product}|{dimension}</c>; row: <c>yyyy-MM-dd</c>; properties:
/// <c>type</c>, <c>accounts</c> (Edm.Int64), and by type <c>sum</c>, <c>min</c>, <c>max</c> and, where the sum is cut
/// (see <see cref="PointStats.Sum"/>), <c>average</c>; <c>true</c>, <c>false</c> (Edm.Int64); <c>counts</c> (JSON, the 20 most frequent
/// texts as <c>[{value, count}]</c>, a text longer than 250 units cut).
/// </summary>
public sealed record ReportPoint
{
    public const int TopTexts = 20;

    public required DateOnly Date { get; init; }

    public required DataType Type { get; init; }

    public required long Accounts { get; init; }

    public double Sum { get; init; }

    public double Min { get; init; }

    public double Max { get; init; }

    public double Average { get; init; }

    public long True { get; init; }

    public long False => Accounts - True;

    public IReadOnlyList<TextCount> Counts { get; init; } = [];

    public static ReportPoint Of(DateOnly date, PointStats stats) => new()
    {
        Date = date,
        Type = stats.Type,
        Accounts = stats.Accounts,
        Sum = stats.Sum,
        Average = stats.Average,
        Min = stats.Accounts == 0 ? 0 : stats.Min,
        Max = stats.Accounts == 0 ? 0 : stats.Max,
        True = stats.True,
        Counts = stats.Top(TopTexts),
    };

    internal static string Partition(ProductId product, DimensionId dimension) => $"{product}|{dimension}";

    internal static ReportPoint Read(TableEntity entity)
    {
        var type = Enum.Parse<DataType>(entity.GetString("type"), ignoreCase: true);
        var (accounts, sum) = (entity.GetInt64("accounts") ?? 0, entity.GetDouble("sum") ?? 0);
        return new ReportPoint
        {
            Date = DateOnly.ParseExact(entity.RowKey, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            Type = type,
            Accounts = accounts,
            Sum = Finite(sum),
            Average = entity.GetDouble("average") ?? Share(Finite(sum), accounts),
            Min = entity.GetDouble("min") ?? 0,
            Max = entity.GetDouble("max") ?? 0,
            True = entity.GetInt64("true") ?? 0,
            Counts = entity.GetString("counts") is { } counts ? JsonSerializer.Deserialize<TextCount[]>(counts, CoreJson.Options)! : [],
        };
    }

    internal TableEntity ToEntity(ProductId product, DimensionId dimension)
    {
        var entity = new TableEntity(Partition(product, dimension), SnapshotDateIndex.Row(Date))
        {
            ["type"] = JsonNamingPolicy.CamelCase.ConvertName(Type.ToString()),
            ["accounts"] = Accounts,
        };
        if (Type == DataType.Numeric && Average != Share(Sum, Accounts)) entity["average"] = Average;
        if (Type == DataType.Numeric) (entity["sum"], entity["min"], entity["max"]) = (Sum, Min, Max);
        else if (Type == DataType.Boolean) (entity["true"], entity["false"]) = (True, False);
        else entity["counts"] = JsonSerializer.Serialize(Counts, CoreJson.Options);
        return entity;
    }

    private static double Share(double sum, long accounts) => accounts == 0 ? 0 : sum / accounts;

    /// <summary>A table may have been told what JSON can't hold.</summary>
    private static double Finite(double sum) => double.IsNaN(sum) ? 0 : Math.Clamp(sum, double.MinValue, double.MaxValue);
}
