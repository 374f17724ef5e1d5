using System.Text;
using Usage.Core.Products;
using Usage.Core.Suggestions.Columns;
using Usage.Core.Suggestions.Keys;
using Usage.Core.Suggestions.Reasons;
using static System.FormattableString;

namespace Usage.Core.Suggestions.Proposals;

/// <summary>Whether all rows of an account are to be recorded, and how those of one date are merged.</summary>
/// <param name="Period">Of the product.</param>
/// <param name="History">All rows are recorded.</param>
/// <param name="Merged">Rows that fall on a date of which their account has another.</param>
internal sealed record Merging(SnapshotPeriod Period, bool History, int Merged)
{
    /// <summary>Fewer rows than one in ten that repeat a key, with no date to tell them apart, are likely mistakes.</summary>
    private const int RepeatsOfMistakes = 10;

    public static Merging Find(RowKeys rows, SnapshotPeriod period, ColumnProfile? date, Notes notes)
    {
        var (merged, several, repeats) = (rows.Merged(period), rows.KeysOfSeveralDates(period), rows.Rows - rows.Keys);
        if (date is not null && repeats > 0)
        {
            notes.Because(Invariant($"all rows are recorded (allowMultipleRowsPerCustomer): {rows.Keys} keys stand in {rows.Rows} rows, ")
                + Invariant($"{several} of them with several {Dates(period)}")
                + (merged > 0 ? Invariant($", and {merged} rows fall on a date of which their account has another row") : ""));
            return new Merging(period, History: true, merged);
        }

        if (repeats == 0) return new Merging(period, History: false, 0);
        if (repeats * RepeatsOfMistakes < rows.Rows)
        {
            notes.Warn("keys-repeat", Invariant($"{repeats} of {rows.Rows} rows repeat the key of another row: ")
                + "without allowMultipleRowsPerCustomer only the last row of an account counts");
            return new Merging(period, History: false, 0);
        }

        notes.Because(Invariant($"all rows are recorded (allowMultipleRowsPerCustomer): {rows.Keys} keys stand in {rows.Rows} rows, ")
            + "with no column of dates, so that each account's rows are merged into one snapshot");
        return new Merging(period, History: true, merged);
    }

    /// <summary>Asks how rows are merged, where nothing tells.</summary>
    /// <param name="name">The column's or the metric's.</param>
    public void Ask(string name, Notes notes) =>
        notes.LeaveOpen($"how rows of one {Date} are merged for \"{name}\" (create.aggregate)",
            new ChoiceOption("last", "the last row's number"), new ChoiceOption("sum", "all rows' numbers added up"),
            new ChoiceOption("average", "their mean"), new ChoiceOption("max", "the greatest of them"));

    /// <returns>How a new numeric dimension merges rows, and why; no reason: it makes no difference.</returns>
    public (Aggregate Aggregate, string Why, bool Open) Of(ColumnProfile column) => Merged == 0 ? (Aggregate.Last, "", false)
        : column.Words.SaysRate ? (Aggregate.Average, $"; rows of one {Date} are averaged, since it is called as a rate", false)
        : column.Words.SaysFlow ? (Aggregate.Sum, $"; rows of one {Date} are added up, since it is called as what can be counted", false)
        : (Aggregate.Last, $"; of the rows of one {Date} the last one counts", !column.Words.SaysStock);

    /// <summary>Whether rows that are merged have different texts, of which only one would be left.</summary>
    public bool Loses(ColumnProfile column, IReadOnlyList<string[]> rows, SampleAccounts accounts, ColumnProfile? date)
    {
        if (Merged == 0) return false;
        var seen = new Dictionary<(ulong Account, DateOnly Day), string>();
        foreach (var row in rows)
        {
            if (row[column.Place].Length == 0 || accounts.Of(at => Encoding.UTF8.GetBytes(row[at])) is not { } account) continue;
            var day = default(DateOnly);
            if (date is not null && !date.Dates[0].Form.Read(Encoding.UTF8.GetBytes(row[date.Place]), out day)) continue;
            var place = (account, SnapshotDates.Snap(Period, day));
            if (!seen.TryAdd(place, row[column.Place]) && seen[place] != row[column.Place]) return true;
        }

        return false;
    }

    public string Date => Period switch
    {
        SnapshotPeriod.Weekly => "week",
        SnapshotPeriod.Monthly => "month",
        SnapshotPeriod.Quarterly => "quarter",
        SnapshotPeriod.Yearly => "year",
        _ => "day",
    };

    private static string Dates(SnapshotPeriod period) => $"{new Merging(period, false, 0).Date}s";
}
