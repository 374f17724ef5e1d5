using System.Text;
using Usage.Core.Issues;
using Usage.Core.Products;
using Usage.Core.Suggestions;
using Usage.Core.Suggestions.Reasons;
using Usage.Core.Values;

namespace Usage.Core.Tests.Suggestions;

/// <summary>Dates that a file leaves open, writes in several columns, or has in its name only.</summary>
public sealed class DateSuggestTests
{
    [Theory]
    [InlineData("01/02/2026,01/03/2026,01/04/2026", "d/M/yyyy", "M/d/yyyy")]
    [InlineData("02-05-2026,03-05-2026,04-05-2026", "d-M-yyyy", "M-d-yyyy")]
    public async Task Columns_called_by_dates_of_either_order_are_asked_about(string dates, params string[] readings)
    {
        var told = await KeySuggestTests.SuggestAsync($"customer_id,{dates}\nC1,5,6,7\n");
        var choice = Assert.Single(told.Choices);
        Assert.EndsWith("(products[0].wide.header)", choice.What);
        Assert.Equal(readings, choice.Options.Select(option => option.Value));
        Assert.All(told.Columns.Skip(1), column => Assert.Equal(Confidence.Unsure, column.Alternatives[0].Confidence));
        Assert.Contains(told.Warnings, warning => warning.Code == "date-order-undecided");
    }

    [Theory]
    [InlineData("13/02/2026,01/03/2026", "d/M/yyyy")]
    [InlineData("2026-02,2026-03", "yyyy-MM")]
    [InlineData("05/05/2026,06/06/2026", "d/M/yyyy")]
    public async Task Columns_called_by_dates_of_one_order_are_not(string dates, string header)
    {
        var told = await KeySuggestTests.SuggestAsync($"customer_id,{dates}\nC1,5,6\n");
        Assert.Empty(told.Choices);
        Assert.Equal(header, told.Integration.Products[0].Wide!.Header);
    }

    [Theory]
    [InlineData("2026-01,2026-02,2026-02")]
    [InlineData("1/2/2026,01/02/2026,13/3/2026")]
    public async Task Columns_called_by_one_date_are_told(string dates)
    {
        var told = await KeySuggestTests.SuggestAsync($"customer_id,{dates}\nC1,5,6,7\n");
        Assert.Null(told.Integration.Products[0].Wide);
        Assert.Contains(told.Warnings, warning => warning.Code == "duplicate-column");
    }

    [Theory]
    [InlineData("03-OCT-26", "d-MMM-yy")]
    [InlineData("3-Oct-26", "d-MMM-yy")]
    [InlineData("3 Oct 26", "d MMM yy")]
    [InlineData("3-Oct-2026", "d-MMM-yyyy")]
    public async Task Months_are_read_by_their_names(string date, string format)
    {
        var told = await KeySuggestTests.SuggestAsync($"customer_id,day,logins\nC1,{date},5\nC2,{date},6\n");
        Assert.Equal("day", told.Integration.Products[0].DateColumn!.Names[0]);
        Assert.Equal([format], told.Integration.File.DateFormats);
    }

    [Theory]
    [InlineData("customer_id,month,logins\nC1,Sep,5\nC1,Oct,6\nC2,Oct,7\n", "month")]
    [InlineData("customer_id,month,logins\nC1,9,5\nC1,10,6\nC2,10,7\n", "month")]
    [InlineData("customer_id,year,month,logins\nC1,2026,9,5\nC1,2026,10,6\nC2,2025,10,7\n", "year")]
    public async Task Dates_that_are_none_as_a_whole_are_told_and_no_dimensions(string text, string holds)
    {
        var told = await KeySuggestTests.SuggestAsync(text);
        Assert.Null(told.Integration.Products[0].DateColumn);
        Assert.Equal(["logins"], told.Integration.Products[0].Dimensions.Select(one => one.Column!.Names[0]));
        Assert.Contains($"\"{holds}\"", Assert.Single(told.Warnings, warning => warning.Code == "date-unread").Message);
    }

    [Theory]
    [InlineData("usage-2026-Q3.csv", SnapshotPeriod.Quarterly)]
    [InlineData("usage_2026-W40.csv", SnapshotPeriod.Weekly)]
    [InlineData("usage-2026-10.csv", SnapshotPeriod.Monthly)]
    [InlineData("usage.csv", SnapshotPeriod.Monthly)]
    public async Task Date_in_the_name_tells_the_period(string name, SnapshotPeriod period)
    {
        var told = await KeySuggestTests.SuggestAsync("customer_id,logins\nC1,5\nC2,6\n", name);
        Assert.Equal(period, Assert.Single(told.Products).SnapshotPeriod);
    }

    [Theory]
    [InlineData("yes,no,yes", "no,,no", DataType.Boolean)]
    [InlineData("J,N,J", "N,N,J", DataType.Boolean)]
    [InlineData("Pro,Basic,Pro", "Free,Pro,Pro", DataType.Text)]
    public async Task Wide_files_hold_words_too(string first, string second, DataType type)
    {
        var told = await KeySuggestTests.SuggestAsync($"customer_id,2024-01,2024-02,2024-03\nC1,{first}\nC2,{second}\n");
        Assert.Equal(type, told.Integration.Products[0].Wide!.Create!.DataType);
    }

    [Fact]
    public async Task Metrics_whose_names_tell_nothing_are_asked_about()
    {
        var told = await KeySuggestTests.SuggestAsync(
            "customer_id,date,metric,value\n"
            + "C1,2026-10-01,logins,5\nC1,2026-10-02,logins,6\nC1,2026-10-01,karma,1\nC1,2026-10-09,karma,2\n");
        Assert.Contains("\"karma\"", Assert.Single(told.Choices).What);
    }

    [Fact]
    public async Task Names_of_other_scripts_make_dimensions_too()
    {
        var told = await KeySuggestTests.SuggestAsync("customer_id,利用者数,%,席\nC1,5,6,7\nC2,8,9,1\n");
        Assert.Equal([("column_2", "利用者数"), ("column_3", "%"), ("column_4", "席")],
            told.Integration.Products[0].Dimensions.Select(one => (one.Dimension.Value, one.Create!.Name)));
    }

    [Fact]
    public async Task Columns_beyond_the_dimensions_that_a_product_may_have_are_told()
    {
        var header = string.Join(',', Enumerable.Range(1, 245).Select(number => $"m{number}"));
        var row = string.Join(',', Enumerable.Range(1, 245));
        var told = await KeySuggestTests.SuggestAsync($"customer_id,{header}\nC1,{row}\nC2,{row}\n");
        Assert.Contains(told.Warnings, warning => warning.Code == "dimensions-left-out");
    }

    [Theory]
    [InlineData("CUST001,5,6,7\nCUST002,oops,8,9\n", FileShape.Wide)]
    [InlineData("CUST001,5,n/a,7\nCUST002,oops,8,n/a\nCUST003,4,4,4\n", FileShape.Wide)]
    [InlineData("CUST001,Pro,Pro,Free\nCUST002,Free,Pro,7\n", FileShape.Columns)]
    [InlineData("CUST001,2024-01-01,2024-01-02,2024-01-03\n", FileShape.Columns)]
    public async Task Columns_called_by_dates_are_what_most_of_their_cells_together_are(string rows, FileShape shape)
    {
        var told = await SampleTests.SuggestAsync(new MemoryStream(Encoding.UTF8.GetBytes("customer_id,2026-01,2026-02,2026-03\n" + rows)));
        Assert.Equal(shape, told.File.Shape);
        if (shape == FileShape.Columns) return;
        Assert.Equal(
            [(Confidence.Likely, true), (Confidence.Sure, false), (Confidence.Sure, false)],
            told.Columns.Skip(1).Select(column => column.Alternatives[0]).Select(
                one => (one.Confidence, one.Reason.Contains("others will be refused", StringComparison.Ordinal))));
        Assert.Equal(rows.Contains("n/a", StringComparison.Ordinal), told.Integration.File.NullTokens.Contains("n/a"));
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(500, 3)]
    [InlineData(3, 500)]
    public async Task Column_with_dates_in_both_orders_is_warned_of(int dayFirst, int monthFirst)
    {
        var text = "customer_id,period,mau\n" + string.Concat(Enumerable.Repeat("CUST001,13/01/2024,5\n", dayFirst))
            + string.Concat(Enumerable.Repeat("CUST002,01/14/2024,6\n", monthFirst));
        var told = await SampleTests.SuggestAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        var warning = Assert.Single(told.Warnings, one => one.Code == IssueCode.DateOrderContradicted);
        Assert.Contains("row 1 \"13/01/2024\" can only be day first", warning.Message);
        Assert.Contains($"row {dayFirst + 1} \"01/14/2024\" only month first", warning.Message);
        if (Math.Min(dayFirst, monthFirst) * 10 > dayFirst + monthFirst)
            Assert.Equal(Confidence.Unsure, told.Columns[1].Alternatives[0].Confidence);
    }
}
