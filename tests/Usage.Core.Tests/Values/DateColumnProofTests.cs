using System.Text;
using Usage.Core.Issues;
using Usage.Core.Values;
using Usage.Core.Values.Dates;

namespace Usage.Core.Tests.Values;

public sealed class DateColumnProofTests
{
    [Theory]
    [InlineData(DateOrder.DayFirst, "03/04/2024", "15/10/2024")]
    [InlineData(DateOrder.MonthFirst, "03/04/2024", "10/15/2024")]
    [InlineData(DateOrder.DayFirst, "31-1-2024")]
    [InlineData(DateOrder.DayFirst, "15-1-2024")] // a dash at the place where ISO has one
    [InlineData(DateOrder.MonthFirst, "1-15-2024")]
    [InlineData(DateOrder.DayFirst, "29/02/2024")]
    [InlineData(DateOrder.DayFirst, "2024-03-04", "03/04/2024", "  15/10/2024 10:20  ")]
    public void One_cell_proves_the_order_of_the_whole_column(DateOrder expected, params string[] cells)
    {
        var verdict = Decide(cells);
        Assert.Equal(expected, verdict.Order);
        Assert.Null(verdict.Error);
        Assert.Null(verdict.Issue);
    }

    [Theory]
    [InlineData("2024-03-04", "2024-10-15T10:00:00Z")]
    [InlineData("05/05/2024", "12-12-2024")] // the same either way
    [InlineData("2024/03/04", "2024.03.04", "03.04.2024")] // the year first, or dotted
    [InlineData("31/04/2024", "29/02/2023", "30/30/2024", "00/13/2024")] // exist in no order
    [InlineData("soon", "", "  ", "n/a", "15/10/2024 soon", "15/10/24")]
    public void Column_without_a_doubtful_date_needs_no_order(params string[] cells) =>
        Assert.Equal(new DateOrderVerdict { Order = DateOrder.None }, Decide(cells));

    [Theory]
    [InlineData("15.10.2024")] // dotted proves nothing about slashes
    [InlineData("2024/15/10")]
    [InlineData("2024-10-15")]
    [InlineData("31/04/2024")]
    [InlineData("15/10/2024 soon")]
    public void What_proves_nothing_leaves_a_doubtful_date_undecided(string other) =>
        Assert.Equal(IssueCode.DateOrderUndecided, Decide("03/04/2024", other).Error?.Code);

    [Fact]
    public void Slashes_prove_the_order_of_dashes_too() => Assert.Equal(DateOrder.DayFirst, Decide("03-04-2024", "15/10/2024").Order);

    [Fact]
    public void Listed_formats_need_no_proof()
    {
        var proof = new DateColumnProof(new FileFormat { DateFormats = ["dd/MM/yyyy"] });
        proof.Observe("03/04/2024"u8, 1);
        Assert.Equal(new DateOrderVerdict { Order = DateOrder.None }, proof.Decide("day"));
    }

    [Fact]
    public void Undecided_column_names_its_rows_and_what_to_do()
    {
        var verdict = Decide("05/05/2024", "03/04/2024", "1/2/2024", "3/4/2024 10:00", "04/05/2024");

        Assert.Equal(new RunError("date-order-undecided",
            "column \"day\": row 2 \"03/04/2024\", row 3 \"1/2/2024\", row 4 \"3/4/2024 10:00\" and 1 more could be day-first or "
                + "month-first, and no cell of the column "
            + "proves which; list the format in the integration's file.dateFormats, such as \"d/M/yyyy\" or \"M/d/yyyy\""), verdict.Error);
        Assert.Equal(4, verdict.Issue!.Count);
        Assert.Equal(Severity.Error, verdict.Issue.Severity);
        Assert.Equal([2, 3, 4, 5], verdict.Issue.Samples.Select(s => s.Row));
        Assert.Equal(new IssueSample(2, "day", "03/04/2024",
            "row 2, column \"day\": found \"03/04/2024\", expected a date that is not 2024-04-03 in one order and 2024-03-04 in the other"),
            verdict.Issue.Samples[0]);
    }

    [Fact]
    public void Contradicted_column_names_rows_of_both_kinds()
    {
        var verdict = Decide("10/15/2024", "03/04/2024", "15/10/2024");

        Assert.Equal(new RunError("date-order-contradicted",
            "column \"day\": row 3 \"15/10/2024\" can only be day-first, row 1 \"10/15/2024\" only month-first; write all dates in one "
                + "order (2024-10-15 is always "
            + "understood), or list the one that is meant in the integration's file.dateFormats"), verdict.Error);
        Assert.Equal(2, verdict.Issue!.Count);
        Assert.Equal(
            ["row 1, column \"day\": found \"10/15/2024\", expected one order in the whole column; this is month-first",
             "row 3, column \"day\": found \"15/10/2024\", expected one order in the whole column; this is day-first"],
            verdict.Issue.Samples.Select(s => s.Message));
    }

    [Fact]
    public void Million_doubtful_rows_are_counted_and_ten_kept()
    {
        var proof = new DateColumnProof(new FileFormat());
        for (var row = 1; row <= 1_000_000; row++) proof.Observe("03/04/2024"u8, row);
        var issue = proof.Decide("day").Issue!;
        Assert.Equal(1_000_000, issue.Count);
        Assert.Equal(RunIssue.MaxSamples, issue.Samples.Count);
    }

    private static DateOrderVerdict Decide(params string[] cells)
    {
        var proof = new DateColumnProof(new FileFormat { NullTokens = ["n/a"] });
        for (var i = 0; i < cells.Length; i++) proof.Observe(Encoding.UTF8.GetBytes(cells[i]), i + 1);
        return proof.Decide("day");
    }
}
