using System.Globalization;
using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Core.Products;

namespace Usage.Functions.Tests.Runs.Rows;

/// <summary>
/// What must be told of the rows of files, slow and plain: every cell with all that was ever written of it, by place. Files have the
/// columns account, day, seats and logins; the last two are dimensions of one daily product, and seats has an aggregate of its own.
/// </summary>
internal sealed class RowReference(bool history, Aggregate aggregate)
{
    private readonly Dictionary<(string Account, DateOnly Date, string Dimension), List<(string Place, RunId Run, double Value)>> _written =
        [];

    /// <param name="Newer">Runs of which one is named by <c>newer-value</c>; none: the row hasn't that issue.</param>
    /// <param name="Given">Date and dimension of values, and of cells that were refused to a total.</param>
    public sealed record Row(
        long Number, string[] Cells, string? Account, RowOutcome Outcome, IReadOnlyList<(string Code, string? Column)> Findings,
        IReadOnlyList<RunId> Newer, IReadOnlyList<(DateOnly Date, string Dimension)> Given,
        IReadOnlyList<(DateOnly Date, string Dimension, double Value, double? Old)> Stored);

    private sealed record Value(long Row, string Account, DateOnly Date, string Dimension, double Number, bool Refused);

    /// <param name="place">Null: nothing is written, as by a test run.</param>
    public IReadOnlyList<Row> Import(RunId run, string? place, IReadOnlyList<string[]> rows)
    {
        var read = rows.Select((cells, at) => (Number: at + 1L, Cells: cells, Findings: FindingsOf(cells), Values: ValuesOf(at + 1, cells)))
            .ToList();
        var given = read.SelectMany(row => row.Values).Where(value => !value.Refused).ToList();
        if (!history)
            given = [.. given.Where(value => value.Date == given.Where(other => other.Account == value.Account).Max(other => other.Date))];
        var took = new List<(Value Value, double Merged, double? Old, RunId? Newer)>();
        foreach (var cell in given.GroupBy(value => (value.Account, value.Date, value.Dimension)))
        {
            var (merged, from) = Merge(cell.Key.Dimension, [.. cell.OrderBy(value => value.Row)]);
            var standing = _written.GetValueOrDefault(cell.Key, []).OrderBy(write => write.Place, StringComparer.Ordinal).LastOrDefault();
            var newer = place is not null && standing.Place is { } other && string.CompareOrdinal(other, place) > 0
                ? standing.Run : (RunId?)null;
            took.AddRange(from.Select(value => (value, merged, standing.Place is null ? null : (double?)standing.Value, newer)));
        }

        if (place is not null)
            foreach (var (value, merged, _, _) in took.DistinctBy(one => (one.Value.Account, one.Value.Date, one.Value.Dimension)))
                Writes(value).Add((place, run, merged));
        return
        [
            .. read.Select(row => RowOf(
                row.Number, row.Cells, row.Findings, row.Values, [.. took.Where(one => one.Value.Row == row.Number)])),
        ];
    }

    private List<(string Place, RunId Run, double Value)> Writes(Value value)
    {
        var key = (value.Account, value.Date, value.Dimension);
        return _written.TryGetValue(key, out var writes) ? writes : _written[key] = [];
    }

    private static Row RowOf(
        long number, string[] cells, List<(string Code, string? Column)> findings, List<Value> values,
        IReadOnlyList<(Value Value, double Merged, double? Old, RunId? Newer)> took)
    {
        var account = cells.Length == 4 && cells[0] is "acme" or "globex" ? cells[0] : null;
        var (given, standing) = (values.Any(value => !value.Refused), took.Where(one => one.Newer is null).ToList());
        var outcome = cells.Length != 4 ? RowOutcome.Invalid
            : account is null ? RowOutcome.Unmatched
            : findings.Count > 0 ? given ? RowOutcome.Partial : RowOutcome.Invalid
            : !given ? RowOutcome.Empty
            : standing.Count > 0 ? RowOutcome.Recorded : RowOutcome.Superseded;
        return new Row(
            number, cells, account, outcome, findings,
            outcome == RowOutcome.Superseded ? [.. took.Select(one => one.Newer).OfType<RunId>()] : [],
            [.. values.Select(value => (value.Date, value.Dimension)).Distinct()],
            [.. standing.Select(one => (one.Value.Date, one.Value.Dimension, one.Merged, one.Old))]);
    }

    private static List<(string Code, string? Column)> FindingsOf(string[] cells)
    {
        if (cells.Length != 4) return [(IssueCode.WrongCellCount, null)];
        if (cells[0] == "") return [(IssueCode.NoAccountKey, "account")];
        if (cells[0] is not ("acme" or "globex")) return [(IssueCode.Unmatched, "account")];
        var found = new List<(string Code, string? Column)>();
        if (cells[1] == "") found.Add((IssueCode.DateMissing, "day"));
        else if (DateOf(cells) is null) found.Add((IssueCode.NotADate, "day"));
        foreach (var (cell, column) in new[] { (cells[2], "seats"), (cells[3], "logins") })
            if (cell != "" && NumberOf(cell) is null) found.Add((IssueCode.NotANumber, column));
        return found;
    }

    private List<Value> ValuesOf(long row, string[] cells)
    {
        if (cells.Length != 4 || cells[0] is not ("acme" or "globex") || DateOf(cells) is not { } date) return [];
        var values = new List<Value>();
        foreach (var (cell, dimension) in new[] { (cells[2], "seats"), (cells[3], "logins") })
        {
            if (cell == "") continue;
            if (NumberOf(cell) is { } number) values.Add(new Value(row, cells[0], date, dimension, number, false));
            else if (history && dimension == "seats" && aggregate is Aggregate.Sum or Aggregate.Average)
                values.Add(new Value(row, cells[0], date, dimension, 0, true));
        }

        return values;
    }

    private (double Merged, IReadOnlyList<Value> From) Merge(string dimension, IReadOnlyList<Value> inOrder) =>
        !history || dimension == "logins" || aggregate == Aggregate.Last ? (inOrder[^1].Number, [inOrder[^1]])
        : aggregate == Aggregate.First ? (inOrder[0].Number, [inOrder[0]])
        : aggregate == Aggregate.Sum ? (inOrder.Sum(value => value.Number), inOrder)
        : (inOrder.Max(value => value.Number), inOrder);

    private static DateOnly? DateOf(string[] cells) =>
        DateOnly.TryParseExact(cells[1], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private static double? NumberOf(string cell) =>
        double.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
