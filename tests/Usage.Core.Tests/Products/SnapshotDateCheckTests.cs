using Usage.Core.Problems;
using Usage.Core.Products;

namespace Usage.Core.Tests.Products;

public sealed class SnapshotDateCheckTests
{
    private static readonly Product Platform = new() { Id = new("platform"), Name = "Platform", SnapshotPeriod = SnapshotPeriod.Monthly };
    private static readonly DateTimeOffset Arrival = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, "2026-10-01", "monthly: the first of the month before 2026-11-22 (arrival, UTC)")]
    [InlineData("2024-10-15", "2024-10-01", "monthly: the first of the month of 2024-10-15")]
    [InlineData("15/10/2024 10:00", "2024-10-01", "monthly: the first of the month of 2024-10-15")]
    [InlineData("10/15/2024", "2024-10-01", "monthly: the first of the month of 2024-10-15")]
    [InlineData("2024-10", "2024-10-01", "monthly: the first of the month of 2024-10-01")]
    [InlineData("05/05/2024", "2024-05-01", "monthly: the first of the month of 2024-05-05")]
    public void File_or_cell_gets_a_date_and_a_sentence(string? value, string date, string why)
    {
        var answer = SnapshotDateCheck.Answer(Platform, Arrival, value, TimeZoneInfo.Utc, out var problems);
        Assert.Empty(problems);
        Assert.Equal(new SnapshotDate(DateOnly.Parse(date, null), why), answer);
    }

    [Theory]
    [InlineData("03/04/2024", "date-order-undecided",
        "found \"03/04/2024\", expected a date that is the same day-first and month-first, or a column that proves which it is")]
    [InlineData("soon", "not-a-date", "found \"soon\", expected a date such as 2024-10-15")]
    [InlineData("", "date-missing", "found nothing, expected a date such as 2024-10-15")]
    [InlineData("2026-12-01", "date-in-future", "found \"2026-12-01\", expected a date up to 2026-11-23, a day after the file arrived")]
    public void Cell_without_a_date_is_a_problem(string value, string code, string message)
    {
        Assert.Null(SnapshotDateCheck.Answer(Platform, Arrival, value, TimeZoneInfo.Utc, out var problems));
        Assert.Equal([new Problem(code, "value", message)], problems);
    }

    [Fact]
    public void A_month_is_no_date_of_a_daily_product()
    {
        var daily = Platform with { SnapshotPeriod = SnapshotPeriod.Daily };
        Assert.Null(SnapshotDateCheck.Answer(daily, Arrival, "2024-10", TimeZoneInfo.Utc, out var problems));
        Assert.Equal(
            [
                new Problem("not-a-date", "value",
                    "found \"2024-10\", expected a date such as 2024-10-15: the product is daily, and a month without a day is no date "
                    + "of it"),
            ],
            problems);
    }

    [Fact]
    public void Product_without_a_period_has_no_dates()
    {
        Assert.Null(SnapshotDateCheck.Answer(Platform with { SnapshotPeriod = null }, Arrival, null, TimeZoneInfo.Utc, out var problems));
        Assert.Equal([ProblemKind.Conflict], problems.Select(p => p.Kind));
        Assert.Equal("product \"platform\" has no snapshot period; set it with PUT /api/products/platform and a snapshotPeriod",
            problems[0].Message);
    }
}
