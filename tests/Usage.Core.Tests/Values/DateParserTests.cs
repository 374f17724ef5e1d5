using System.Globalization;
using Usage.Core.Issues;
using Usage.Core.Values;
using Usage.Core.Values.Dates;
using static Usage.Core.Tests.Values.DateCells;

namespace Usage.Core.Tests.Values;

public sealed class DateParserTests
{
    [Theory]
    [InlineData("2024-10-15")]
    [InlineData(" 2024-10-15\u00a0")]
    [InlineData("2024-10-15T10:20:30")]
    [InlineData("2024-10-15 10:20")]
    [InlineData("2024-10-15T23:59:59.9999999Z")]
    [InlineData("2024-10-15T23:30:00-08:00")] // no zone moves it to the 16th
    [InlineData("2024-10-15T00:30:00+1400")]
    [InlineData("2024-10-15T00:30:00+02")]
    [InlineData("2024-10-15 10:20:30,123 +0000")]
    [InlineData("2024-10-15 10:20:30 UTC")]
    [InlineData("2024-10-15t10:20z")]
    [InlineData("2024-10-15T10")]
    public void ISO_date_is_always_understood_and_its_time_dropped(string cell)
    {
        Assert.Equal(new DateOnly(2024, 10, 15), Read(cell));
        Assert.Equal(new DateOnly(2024, 10, 15), Read(cell, DateOrder.MonthFirst));
        Assert.Equal(new DateOnly(2024, 10, 15), Read(cell, DateOrder.None, "dd/MM/yyyy"));
    }

    [Theory]
    [InlineData("15/10/2024", DateOrder.DayFirst)]
    [InlineData("10/15/2024", DateOrder.MonthFirst)]
    [InlineData("15-10-2024", DateOrder.DayFirst)]
    [InlineData("15/10/2024 09:05", DateOrder.DayFirst)]
    [InlineData("10/15/2024 9:05:07 PM", DateOrder.MonthFirst)]
    [InlineData("10/15/2024 9:05\u202fpm", DateOrder.MonthFirst)]
    [InlineData("10/15/2024T12:00AM", DateOrder.MonthFirst)]
    [InlineData("2024/10/15", DateOrder.MonthFirst)] // the year first is year, month, day
    [InlineData("2024.10.15 10:00", DateOrder.None)]
    [InlineData("2024/10/15", DateOrder.DayFirst)]
    [InlineData("15.10.2024", DateOrder.None)] // dotted with the year last is day-first
    [InlineData("15.10.2024 10:00:00", DateOrder.MonthFirst)]
    public void Numeric_date_is_read_in_the_order_that_is_proven(string cell, DateOrder order) =>
        Assert.Equal(new DateOnly(2024, 10, 15), Read(cell, order));

    [Theory]
    [InlineData("5/5/2024", DateOrder.None, "2024-05-05")]
    [InlineData("05/05/2024", DateOrder.DayFirst, "2024-05-05")]
    [InlineData("3/4/2024", DateOrder.DayFirst, "2024-04-03")]
    [InlineData("3/4/2024", DateOrder.MonthFirst, "2024-03-04")]
    [InlineData("2024-3-4", DateOrder.DayFirst, "2024-03-04")]
    [InlineData("3.4.2024", DateOrder.MonthFirst, "2024-04-03")]
    public void One_digit_is_enough_for_day_and_month(string cell, DateOrder order, string expected) =>
        Assert.Equal(DateOnly.Parse(expected, CultureInfo.InvariantCulture), Read(cell, order));

    [Theory]
    [InlineData("2024-02-30")]
    [InlineData("2023-02-29")]
    [InlineData("2024-13-01")]
    [InlineData("0000-01-01")]
    [InlineData("15/10/24")]
    [InlineData("15/10-2024")]
    [InlineData("15 10 2024")]
    [InlineData("20241015")]
    [InlineData("45580")] // a spreadsheet's day number
    [InlineData("Oct 2024")]
    [InlineData("10/15/2024")] // exists month-first only
    [InlineData("10.15.2024")] // dotted is day-first
    [InlineData("2024-10-15T")]
    [InlineData("2024-10-15T25:00")]
    [InlineData("2024-10-15 10:60")]
    [InlineData("2024-10-15 13:00 PM")]
    [InlineData("2024-10-15 0:30 AM")]
    [InlineData("2024-10-15 10")]
    [InlineData("2024-10-15x")]
    [InlineData("2024-10-15 noon")]
    [InlineData("2024-10-15T10:00+99:00")]
    [InlineData("2024-10-15T10:00:00.")]
    [InlineData("024-10-15")]
    [InlineData("2024-10-155")]
    [InlineData("2024-10")]
    [InlineData("//2024")]
    [InlineData("1/2")]
    [InlineData("1/2/")]
    [InlineData("-")]
    public void Anything_else_is_not_a_date(string cell) => Assert.Equal(IssueCode.NotADate, Parse(cell, DateOrder.DayFirst).Problem.Code);

    [Theory]
    [InlineData("2026-11-23", null)]
    [InlineData("2026-11-24", IssueCode.DateInFuture)]
    [InlineData("9999-12-31", IssueCode.DateInFuture)]
    [InlineData("0001-01-01", null)]
    public void Date_may_lie_a_day_after_the_arrival_and_no_more(string cell, string? code) => Assert.Equal(code, Parse(cell).Problem.Code);

    [Fact]
    public void Last_day_of_the_calendar_is_no_exception() =>
        Assert.Equal(CellState.Value,
            new DateParser(new FileFormat(), DateOrder.None, DateOnly.MaxValue, periodOfDays: null).Parse("9999-12-31"u8, out _, out _));

    [Theory]
    [InlineData("", "row 8, column \"day\": found nothing, expected a date such as 2024-10-15")]
    [InlineData("n/a", "row 8, column \"day\": found \"n/a\", expected a date such as 2024-10-15")]
    public void Blank_cell_is_a_missing_date(string cell, string message)
    {
        var (state, _, problem) = Parse(cell);
        Assert.Equal(CellState.Blank, state);
        Assert.Equal(IssueCode.DateMissing, problem.Code);
        Assert.Equal(message, problem.Message(8, "day"));
    }

    [Fact]
    public void Messages_say_which_dates_are_understood()
    {
        Assert.Equal("row 8, column \"day\": found \"soon\", expected a date such as 2024-10-15", Message("soon"));
        Assert.Equal("row 8, column \"day\": found \"soon\", expected a date such as 2024-10-15 or 15/10/2024",
            Message("soon", DateOrder.DayFirst));
        Assert.Equal("row 8, column \"day\": found \"soon\", expected a date such as 2024-10-15 or 10/15/2024",
            Message("soon", DateOrder.MonthFirst));
        Assert.Equal("row 8, column \"day\": found \"soon\", expected a date such as 2024-10-15, or as d/M/yyyy or yyyyMMdd",
            Message("soon", DateOrder.None, "d/M/yyyy", "yyyyMMdd"));
        Assert.Equal("row 8, column \"day\": found \"soon\", expected a date such as 2024-10-15, or as d/M/yyyy or a quarter "
            + "(2024Q3, Q3 2024, 2024-Q3)", Message("soon", DateOrder.None, "d/M/yyyy", "quarter"));
        Assert.Equal("row 8, column \"day\": found \"2031-01-01\", expected a date up to 2026-11-23, a day after the file arrived",
            Message("2031-01-01"));
    }

    [Fact]
    public void Usual_dates_are_read_without_allocating()
    {
        var parser = new DateParser(new FileFormat { NullTokens = ["n/a"] }, DateOrder.DayFirst, Arrival, "daily");
        void ReadAll()
        {
            parser.Parse("2024-10-15"u8, out _, out _);
            parser.Parse("2024-10-15T10:00:00Z"u8, out _, out _);
            parser.Parse("15/10/2024 10:00"u8, out _, out _);
        }
        Assert.Equal(0, Allocations.OfAThousand(ReadAll));
    }
}
