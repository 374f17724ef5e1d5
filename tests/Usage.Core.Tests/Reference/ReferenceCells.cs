using System.Globalization;
using System.Text.RegularExpressions;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Products;
using Usage.Core.Tests.Values;
using Usage.Core.Values;

namespace Usage.Core.Tests.Reference;

/// <summary>Cells as the specification says, by regular expressions. Dates with the year first only.</summary>
public static partial class ReferenceCells
{
    public static bool IsBlank(FileFormat format, string cell) =>
        cell.Length == 0 || format.NullTokens.Contains(cell, StringComparer.OrdinalIgnoreCase);

    /// <summary>The value of a cell that takes the stored one away.</summary>
    public const string Cleared = "<taken away>";

    /// <returns>The value or the code of what is wrong; both null for a blank cell.</returns>
    public static (object? Value, string? Code) Parse(
        FileFormat format, MappedDimension dimension, Aggregate aggregate, char separator, string cell)
    {
        if (IsBlank(format, cell)) return (null, null);
        if (format.ClearTokens.Contains(cell, StringComparer.OrdinalIgnoreCase))
            return aggregate is Aggregate.Last or Aggregate.First ? (Cleared, null) : (null, IssueCode.NotANumber);
        if (aggregate == Aggregate.Count) return (1.0, null);
        return dimension.DataType switch
        {
            DataType.Numeric => NumberReference.Parse(cell, separator, dimension.Number),
            DataType.Boolean => Boolean(dimension.Boolean, cell),
            _ => cell.Length > 32_000 ? (null, IssueCode.TextTooLong) : (cell, null),
        };
    }

    public static (DateOnly Date, string? Code) ParseDate(FileFormat format, SnapshotPeriod period, string cell, DateOnly arrival)
    {
        if (IsBlank(format, cell)) return (default, IssueCode.DateMissing);
        if (Date(format, period, cell) is not { } date) return (default, IssueCode.NotADate);
        return date > arrival.AddDays(1) ? (default, IssueCode.DateInFuture) : (date, null);
    }

    public static DateOnly Snap(SnapshotPeriod period, DateOnly date) => period switch
    {
        SnapshotPeriod.Weekly => Enumerable.Range(0, 7).Select(days => date.AddDays(-days)).First(day => day.DayOfWeek == DayOfWeek.Monday),
        SnapshotPeriod.Monthly => new DateOnly(date.Year, date.Month, 1),
        SnapshotPeriod.Quarterly => new DateOnly(date.Year, new[] { 1, 4, 7, 10 }.Last(month => month <= date.Month), 1),
        SnapshotPeriod.Yearly => new DateOnly(date.Year, 1, 1),
        _ => date,
    };

    public static DateOnly Automatic(SnapshotPeriod period, DateOnly arrival) =>
        period == SnapshotPeriod.Single ? arrival : Snap(period, Snap(period, arrival).AddDays(-1));

    private static DateOnly? Date(FileFormat format, SnapshotPeriod period, string cell)
    {
        var match = YearFirst().Match(cell);
        var plain = $"{match.Groups[1].Value}-{match.Groups[3].Value.PadLeft(2, '0')}-{match.Groups[4].Value.PadLeft(2, '0')}";
        if (match.Success && (format.DateFormats.Count == 0 || IsoDay().IsMatch(cell))) return Exact(plain, "yyyy-MM-dd");
        if (period is SnapshotPeriod.Monthly or SnapshotPeriod.Quarterly or SnapshotPeriod.Yearly && Exact(cell, "yyyy-MM") is { } month)
            return month;
        return format.DateFormats.Select(word => Word(word, cell)).FirstOrDefault(date => date is not null);
    }

    private static DateOnly? Word(string word, string cell)
    {
        if (word == "unix" && UnixSeconds().IsMatch(cell))
            return DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(long.Parse(cell, CultureInfo.InvariantCulture)).UtcDateTime);
        if (word == "quarter" && QuarterOfYear().Match(cell) is { Success: true } quarter)
            return Exact($"{quarter.Groups[1].Value}-{(3 * (quarter.Groups[2].Value[0] - '0')) - 2:D2}", "yyyy-MM");
        if (word != "iso-week" || WeekOfYear().Match(cell) is not { Success: true } week) return null;
        // The week of 4 January is the first; one that ends up in the next year's doesn't exist.
        var first = Snap(SnapshotPeriod.Weekly, new DateOnly(int.Parse(week.Groups[1].Value, CultureInfo.InvariantCulture), 1, 4));
        var monday = first.AddDays(7 * (int.Parse(week.Groups[2].Value, CultureInfo.InvariantCulture) - 1));
        return monday >= first && monday < Snap(SnapshotPeriod.Weekly, new DateOnly(first.AddDays(3).Year + 1, 1, 4)) ? monday : null;
    }

    private static DateOnly? Exact(string cell, string format) =>
        DateOnly.TryParseExact(cell, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    /// <param name="declared">Null: the words that everybody knows.</param>
    public static (object? Value, string? Code) Boolean(BooleanFormat? declared, string cell)
    {
        if ((declared?.True ?? ["true", "yes", "on", "1", "y", "t"]).Contains(cell, StringComparer.OrdinalIgnoreCase)) return (true, null);
        if ((declared?.False ?? ["false", "no", "off", "0", "n", "f"]).Contains(cell, StringComparer.OrdinalIgnoreCase))
            return (false, null);
        return (null, IssueCode.NotABoolean);
    }

    [GeneratedRegex(@"^([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})([T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?)?$")]
    private static partial Regex YearFirst();

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?$")]
    private static partial Regex IsoDay();

    [GeneratedRegex("^[0-9]{1,12}$")]
    private static partial Regex UnixSeconds();

    [GeneratedRegex("^([0-9]{4})-?Q([1-4])$")]
    private static partial Regex QuarterOfYear();

    [GeneratedRegex("^([0-9]{4})-W([0-9]{2})$")]
    private static partial Regex WeekOfYear();
}
