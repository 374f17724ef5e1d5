using Usage.Core.Values.Dates;

namespace Usage.Core.Suggestions.Columns;

/// <summary>A form in which dates are written.</summary>
/// <param name="Format">As an integration lists it.</param>
/// <param name="Listed">It must be listed to be understood.</param>
/// <param name="Digits">Cells of it are digits only, so that any number could be one: the column's name has to say that it is.</param>
internal sealed record DateForm(string Format, bool Listed, bool Digits, DateForm.Reading Read)
{
    public const string Month = "yyyy-MM";

    private const int FirstYear = 1990;
    private const int LastYear = 2100;

    private static readonly string[] Named =
    [
        "d-MMM-yyyy", "d MMM yyyy", "d-MMM-yy", "d MMM yy", "d MMMM yyyy", "d. MMMM yyyy", "MMM d, yyyy",
        "MMMM d, yyyy", "MMM d yyyy", "ddd, d MMM yyyy",
        "MMM yyyy", "MMMM yyyy", "MMM-yyyy", "MMM-yy", "MMM yy", "M/yyyy", "M.yyyy", "yyyy/MM", "d.M.yy",
        DateWords.Quarter, DateWords.IsoWeek,
    ];

    private static readonly string[] OfDigits = ["yyyyMMdd", "yyyyMM", "yyyy", DateWords.Unix, DateWords.UnixMs, DateWords.Excel];

    public delegate bool Reading(ReadOnlySpan<byte> cell, out DateOnly date);

    public static DateForm Iso { get; } = new("yyyy-MM-dd", Listed: false, Digits: false, ReadIso);

    public static IReadOnlyList<DateForm> All { get; } =
    [
        Iso,
        new(Month, Listed: false, Digits: false, ReadMonth),
        new("yyyy/M/d", Listed: false, Digits: false, ReadYearFirst),
        new("d.M.yyyy", Listed: false, Digits: false, ReadDotted),
        .. new[] { '/', '-' }.SelectMany(Ordered),
        .. Named.Select(format => new DateForm(format, Listed: true, Digits: false, Listing(format, null))),
        .. OfDigits.Select(format => new DateForm(format, Listed: true, Digits: true, Listing(format, format))),
    ];

    /// <summary>The same with day and month the other way round; null: there is no other way.</summary>
    public string? Opposite => Format.StartsWith("d/M/", StringComparison.Ordinal) || Format.StartsWith("d-M-", StringComparison.Ordinal)
        ? $"M{Format[1]}d{Format[3..]}"
        : Format.StartsWith("M/d/", StringComparison.Ordinal) || Format.StartsWith("M-d-", StringComparison.Ordinal)
            ? $"d{Format[1]}M{Format[3..]}" : null;

    private static IEnumerable<DateForm> Ordered(char separator) =>
    [
        new($"d{separator}M{separator}yyyy", Listed: false, Digits: false, InOrder(separator, DateOrder.DayFirst)),
        new($"M{separator}d{separator}yyyy", Listed: false, Digits: false, InOrder(separator, DateOrder.MonthFirst)),
        new($"d{separator}M{separator}yy", Listed: true, Digits: false, Listing($"d{separator}M{separator}yy", null)),
        new($"M{separator}d{separator}yy", Listed: true, Digits: false, Listing($"M{separator}d{separator}yy", null)),
    ];

    private static bool ReadIso(ReadOnlySpan<byte> cell, out DateOnly date)
    {
        date = default;
        return (NumericDate.TryReadPlainIso(cell, out date)
            || (NumericDate.TryRead(cell, out var numeric) && numeric.IsIso && numeric.TryGet(DateOrder.None, out date))) && IsLikely(date);
    }

    private static bool ReadMonth(ReadOnlySpan<byte> cell, out DateOnly date) => NumericDate.TryReadMonth(cell, out date) && IsLikely(date);

    private static bool ReadYearFirst(ReadOnlySpan<byte> cell, out DateOnly date)
    {
        date = default;
        return NumericDate.TryRead(cell, out var numeric) && numeric is { YearFirst: true, IsIso: false }
            && numeric.TryGet(DateOrder.None, out date) && IsLikely(date);
    }

    private static bool ReadDotted(ReadOnlySpan<byte> cell, out DateOnly date)
    {
        date = default;
        return NumericDate.TryRead(cell, out var numeric) && numeric is { YearFirst: false, Separator: (byte)'.' }
            && numeric.TryGet(DateOrder.DayFirst, out date) && IsLikely(date);
    }

    private static Reading InOrder(char separator, DateOrder order) => (ReadOnlySpan<byte> cell, out DateOnly date) =>
    {
        date = default;
        return NumericDate.TryRead(cell, out var numeric) && numeric.NeedsOrder && numeric.Separator == separator
            && numeric.TryGet(order, out date) && IsLikely(date);
    };

    private static Reading Listing(string format, string? digits) => (ReadOnlySpan<byte> cell, out DateOnly date) =>
    {
        date = default;
        if ((digits is not null) != !cell.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return false;
        return (format != "yyyy" || cell.Length == 4) && DeclaredDates.TryRead(cell, [format], out date) && IsLikely(date);
    };

    private static bool IsLikely(DateOnly date) => date.Year is >= FirstYear and <= LastYear;
}
