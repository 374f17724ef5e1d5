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

    /// <returns>The value or the code of what is wrong; both null for a blank cell.</returns>
    public static (object? Value, string? Code) Parse(FileFormat format, MappedDimension dimension, char separator, string cell)
    {
        if (IsBlank(format, cell)) return (null, null);
        return dimension.DataType switch
        {
            DataType.Numeric => NumberReference.Parse(cell, separator, dimension.Number),
            DataType.Boolean => Boolean(dimension.Boolean, cell),
            _ => cell.Length > 32_000 ? (null, IssueCode.TextTooLong) : (cell, null),
        };
    }

    public static (DateOnly Date, string? Code) ParseDate(FileFormat format, string cell, DateOnly arrival)
    {
        if (IsBlank(format, cell)) return (default, IssueCode.DateMissing);
        var match = YearFirst().Match(cell);
        var plain = $"{match.Groups[1].Value}-{match.Groups[3].Value.PadLeft(2, '0')}-{match.Groups[4].Value.PadLeft(2, '0')}";
        if (!match.Success || !DateOnly.TryParseExact(plain, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return (default, IssueCode.NotADate);
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
}
