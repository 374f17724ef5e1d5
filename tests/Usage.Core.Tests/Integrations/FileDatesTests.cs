using System.Globalization;
using Usage.Core.Integrations;
using Usage.Core.Values;
using static Usage.Core.Tests.Integrations.Drafts;

namespace Usage.Core.Tests.Integrations;

public sealed class FileDatesTests
{
    private static readonly DateOnly Arrival = new(2026, 11, 22);

    [Theory]
    [InlineData("usage_2025-03.csv", "yyyy-MM", "2025-03-01")]
    [InlineData("2025-03/usage.csv", "yyyy-MM", "2025-03-01")]
    [InlineData("2025/03/usage.csv", "yyyy/MM", "2025-03-01")]
    [InlineData("usage_2025-03-14.csv", "yyyy-MM-dd", "2025-03-14")]
    [InlineData("usage_2025-03-14.csv", "yyyy-MM", "2025-03-01")]
    [InlineData("usage20250314.csv", "yyyyMMdd", "2025-03-14")]
    [InlineData("20250314T0900.csv.gz", "yyyyMMdd", "2025-03-14")]
    [InlineData("usage 5.3.2025.csv", "d.M.yyyy", "2025-03-05")]
    [InlineData("usage 25.3.2025.csv", "d.M.yyyy", "2025-03-25")]
    [InlineData("Usage March 2025.csv", "MMMM yyyy", "2025-03-01")]
    [InlineData("usage-2025Q2-v3.csv", "quarter", "2025-04-01")]
    [InlineData("usage-2025-W10.csv", "iso-week", "2025-03-03")]
    [InlineData("usage_2026-11-23.csv", "yyyy-MM-dd", "2026-11-23")]
    public void One_place_of_the_name_that_fits_is_the_date(string name, string format, string expected) => Assert.Equal(
        (new FileDate(DateOnly.Parse(expected, CultureInfo.InvariantCulture), Given: false), null), Find(name, format));

    [Theory]
    [InlineData("usage-march.csv", "yyyy-MM", "found \"usage-march.csv\"")]
    [InlineData("usage_12025-03.csv", "yyyy-MM", "found \"usage_12025-03.csv\"")] // a digit before it
    [InlineData("usage_2025-031.csv", "yyyy-MM", "found \"usage_2025-031.csv\"")] // and after it
    [InlineData("usage_2025-13.csv", "yyyy-MM", "found \"usage_2025-13.csv\"")]
    [InlineData("2025-03_to_2025-04.csv", "yyyy-MM", "found \"2025-03\" and \"2025-04\" in \"2025-03_to_2025-04.csv\"")]
    [InlineData("2025-03/usage_2025-03.csv", "yyyy-MM", "found \"2025-03\" and \"2025-03\" in \"2025-03/usage_2025-03.csv\"")]
    [InlineData(null, "yyyy-MM", "found no name")]
    public void None_or_several_are_never_a_guess(string? name, string format, string found)
    {
        var (date, error) = Find(name, format);
        Assert.Null(date);
        Assert.Equal("file-date-missing", error!.Code);
        Assert.Equal(
            $"the file's name: {found}, expected exactly one place that is a date as {format} (file.fileDate); nothing is recorded. Rename "
                + "the file, or give its date with ?date= or the blob's metadata \"date\"",
            error.Message);
    }

    [Fact]
    public void A_date_that_is_given_wins_and_serves_without_a_format()
    {
        var given = (new FileDate(new DateOnly(2025, 5, 20), Given: true), (Core.Issues.RunError?)null);
        Assert.Equal(given, Find("usage_2025-03.csv", "yyyy-MM", "2025-05-20"));
        Assert.Equal(given, Find("usage.csv", null, "2025-05-20"));
        Assert.Equal((null, null), Find("usage_2025-03.csv", null));
    }

    [Theory]
    [InlineData("2026-11-24", "date-in-future",
        "the file's date: found \"2026-11-24\", expected a date up to 2026-11-23, a day after the file arrived")]
    [InlineData("2025-5-20", "not-a-date",
        "the file's date: found \"2025-5-20\", expected yyyy-MM-dd in ?date= or in the blob's metadata \"date\"")]
    public void A_given_date_is_checked(string date, string code, string message) =>
        Assert.Equal((null, new Core.Issues.RunError(code, message)), Find("usage.csv", "yyyy-MM", date));

    [Fact]
    public void Where_all_products_have_date_columns_the_name_says_nothing() => Assert.Equal(
        (null, null),
        FileDates.Find(
            Good with { File = new() { FileDate = "yyyy-MM" }, Products = [Good.Products[0] with { DateColumn = "day" }] },
            new FileOrigin("usage.csv", "soon"), Arrival));

    private static (FileDate?, Core.Issues.RunError?) Find(string? name, string? format, string? date = null) => FileDates.Find(
        Good with { File = new FileFormat { FileDate = format } }, new FileOrigin(name, date), Arrival);
}
