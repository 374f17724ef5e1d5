using System.Globalization;
using System.Text;
using Usage.Core.Issues;
using Usage.Core.Values;
using Usage.Core.Values.Dates;
using static Usage.Core.Tests.Values.DateCells;

namespace Usage.Core.Tests.Values;

/// <summary>Dates of listed formats and words, and months without a day.</summary>
public sealed class ListedDateTests
{
    [Theory]
    [InlineData("03/04/2024", "dd/MM/yyyy", "2024-04-03")]
    [InlineData("03/04/2024", "MM/dd/yyyy", "2024-03-04")]
    [InlineData("3/4/24", "d/M/yy", "2024-04-03")]
    [InlineData("15 oct 2024", "d MMM yyyy", "2024-10-15")]
    [InlineData("20241015", "yyyyMMdd", "2024-10-15")]
    [InlineData("Oct 2024", "MMM yyyy", "2024-10-01")]
    [InlineData("15/10/2024 10:20", "dd/MM/yyyy", "2024-10-15")]
    [InlineData("15/10/2024 10.20", "dd/MM/yyyy HH.mm", "2024-10-15")]
    [InlineData("15/10/2024 23:30 -08:00", "dd/MM/yyyy HH:mm zzz", "2024-10-15")]
    [InlineData("Tuesday, 15 October 2024", "dddd, d MMMM yyyy", "2024-10-15")]
    [InlineData("15 Oct 2024 10:20 PM", "d MMM yyyy", "2024-10-15")]
    public void Listed_format_is_read(string cell, string format, string expected) =>
        Assert.Equal(DateOnly.Parse(expected, CultureInfo.InvariantCulture), Read(cell, DateOrder.None, format));

    [Theory]
    [InlineData("1728993600", "unix", "2024-10-15")]
    [InlineData("1728993600.75", "unix", "2024-10-15")]
    [InlineData("1729036799", "unix", "2024-10-15")] // 23:59:59 in UTC
    [InlineData("0", "unix", "1970-01-01")]
    [InlineData("-1", "unix", "1969-12-31")]
    [InlineData("-0.5", "unix", "1969-12-31")]
    [InlineData("1728993600000", "unix-ms", "2024-10-15")]
    [InlineData("45580", "excel", "2024-10-15")]
    [InlineData("45580.9", "excel", "2024-10-15")]
    [InlineData("1", "excel", "1900-01-01")]
    [InlineData("59", "excel", "1900-02-28")]
    [InlineData("61", "excel", "1900-03-01")]
    [InlineData("2024Q3", "quarter", "2024-07-01")]
    [InlineData("2024-q4", "quarter", "2024-10-01")]
    [InlineData("Q1 2024", "quarter", "2024-01-01")]
    [InlineData("2024-W07", "iso-week", "2024-02-12")]
    [InlineData("2020-W53", "iso-week", "2020-12-28")]
    [InlineData("2025-w01", "iso-week", "2024-12-30")]
    public void Listed_word_is_read_as_the_first_day_of_what_it_names(string cell, string word, string expected) =>
        Assert.Equal(DateOnly.Parse(expected, CultureInfo.InvariantCulture), Read(cell, DateOrder.None, "yyyy/MM/dd", word));

    [Theory]
    [InlineData("soon", "unix")]
    [InlineData("1e9", "unix")]
    [InlineData("+1728993600", "unix")]
    [InlineData("1728993600.", "unix")]
    [InlineData("99999999999999999999", "unix")]
    [InlineData("-9223372036854775807.5", "unix")]
    [InlineData("9223372036854775807", "unix-ms")]
    [InlineData("60", "excel")] // the 29 February 1900 of spreadsheets
    [InlineData("0", "excel")]
    [InlineData("-1", "excel")]
    [InlineData("2958466", "excel")]
    [InlineData("9223372036854775807", "excel")]
    [InlineData("2024Q5", "quarter")]
    [InlineData("2024Q0", "quarter")]
    [InlineData("0000Q1", "quarter")]
    [InlineData("2024 Q3", "quarter")]
    [InlineData("Q32024", "quarter")]
    [InlineData("2024-W53", "iso-week")] // 2024 has 52
    [InlineData("2024-W00", "iso-week")]
    [InlineData("2024W07", "iso-week")]
    [InlineData("2024-W7", "iso-week")]
    public void A_word_reads_nothing_else(string cell, string word) =>
        Assert.Equal(IssueCode.NotADate, Parse(cell, DateOrder.None, word).Problem.Code);

    [Theory]
    [InlineData("unix", "2024-10")]
    [InlineData("dd/MM/yyyy", "2024-10")]
    [InlineData(null, "2024-10")]
    [InlineData(null, " 2024-10 ")]
    public void A_month_is_a_date_where_the_period_is_at_least_as_long(string? format, string cell)
    {
        var parser = new DateParser(new FileFormat { DateFormats = format is null ? [] : [format] }, DateOrder.None, Arrival, null);
        Assert.Equal(CellState.Value, parser.Parse(Encoding.UTF8.GetBytes(cell), out var date, out _));
        Assert.Equal(new DateOnly(2024, 10, 1), date);
        Assert.Equal(CellState.Bad, parser.Parse("2024-13"u8, out _, out _));
        Assert.Equal(CellState.Bad, parser.Parse("2024-1"u8, out _, out _));
    }

    [Fact]
    public void A_month_is_no_date_of_a_shorter_period_unless_its_format_is_listed()
    {
        Assert.Equal(
            "row 8, column \"day\": found \"2024-10\", expected a date such as 2024-10-15: the product is daily, and a month without a day "
                + "is no date of it",
            Message("2024-10"));
        Assert.Equal(new DateOnly(2024, 10, 1), Read("2024-10", DateOrder.None, "yyyy-MM"));
    }

    [Fact]
    public void First_listed_format_that_fits_counts() =>
        Assert.Equal(new DateOnly(2024, 4, 3), Read("03/04/2024", DateOrder.None, "d MMM yyyy", "dd/MM/yyyy", "MM/dd/yyyy"));

    [Theory]
    [InlineData("2024/10/15")]
    [InlineData("15.10.2024")]
    [InlineData("5/5/2024")]
    public void With_listed_formats_only_those_and_ISO_are_understood(string cell) =>
        Assert.Equal(IssueCode.NotADate, Parse(cell, DateOrder.None, "dd/MM/yyyy").Problem.Code);
}
