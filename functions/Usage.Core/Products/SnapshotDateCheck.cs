using System.Text;
using Usage.Core.Issues;
using Usage.Core.Problems;
using Usage.Core.Values;
using Usage.Core.Values.Dates;

namespace Usage.Core.Products;

/// <summary>The date that a file or a cell would get, and why, in a sentence.</summary>
public sealed record SnapshotDate(DateOnly Date, string Why);

/// <summary>Answers an admin's question about dates before any file is dropped.</summary>
public static class SnapshotDateCheck
{
    /// <param name="arrivedAt">When the file would arrive.</param>
    /// <param name="value">A cell of a date column, read as if it were the whole column; null: the product has no date column.</param>
    /// <returns>Null with the problems when there is no such date.</returns>
    public static SnapshotDate? Answer(
        Product product, DateTimeOffset arrivedAt, string? value, TimeZoneInfo zone, out IReadOnlyList<Problem> problems)
    {
        var found = new ProblemList();
        var answer = product.SnapshotPeriod is { } period
            ? Answer(period, SnapshotDates.ArrivalDate(arrivedAt, zone), value, zone, found)
            : NoPeriod(product, found);
        problems = found.Problems;
        return answer;
    }

    private static SnapshotDate? Answer(SnapshotPeriod period, DateOnly arrival, string? value, TimeZoneInfo zone, ProblemList problems)
    {
        if (value is null) return new(SnapshotDates.Automatic(period, arrival), SnapshotDates.WhyAutomatic(period, arrival, zone.Id));

        var cell = Encoding.UTF8.GetBytes(value);
        var format = new FileFormat();
        var proof = new DateColumnProof(format);
        proof.Observe(cell, 1);
        var verdict = proof.Decide("value");
        if (verdict.Error is { } error)
        {
            problems.Wrong(error.Code, "value",
                $"found \"{CellText.Shown(cell)}\", "
                + "expected a date that is the same day-first and month-first, or a column that proves which it is");
            return null;
        }
        var parser = new DateParser(format, verdict.Order, arrival, SnapshotDates.PeriodOfDays(period));
        if (parser.Parse(cell, out var date, out var problem) == CellState.Value)
            return new(SnapshotDates.Snap(period, date), SnapshotDates.WhyDate(period, date));
        problems.Wrong(problem.Code, "value", problem.Code == IssueCode.DateMissing
            ? $"found nothing, expected {problem.Expected}"
            : $"found \"{problem.Found}\", expected {problem.Expected}");
        return null;
    }

    private static SnapshotDate? NoPeriod(Product product, ProblemList problems)
    {
        problems.Conflict(ProblemCode.NoSnapshotPeriod, "",
            $"product \"{product.Id}\" has no snapshot period; set it with PUT /api/products/{product.Id} and a snapshotPeriod");
        return null;
    }
}
