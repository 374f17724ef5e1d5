using Usage.Core.Files.Workbooks.Sheets;

namespace Usage.Core.Tests.Files.Workbooks;

public sealed class DateFormatCodeTests
{
    [Theory]
    [InlineData("yyyy-mm-dd", true)]
    [InlineData("yyyy\\-mm\\-dd\\ hh:mm", true)]
    [InlineData("m/d/yy h:mm AM/PM", true)]
    [InlineData("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", true)]
    [InlineData("mmm", true)]
    [InlineData("MMMM", true)]
    [InlineData("yyyy\"年\"m\"月\";@", true)]
    [InlineData("[Red]d.m.yy", true)]
    [InlineData("General", false)]
    [InlineData("0.00", false)]
    [InlineData("#,##0.00\\ \"d\"", false)]
    [InlineData("0.00E+00", false)]
    [InlineData("[Red]#,##0;[DarkYellow]-0", false)]
    [InlineData("_-* #,##0.00\\ [$USD]_-;_-* \"-\"?? _d", false)]
    [InlineData("0;[Red]\"yesterday\"", false)]
    [InlineData("h:mm", false)]
    [InlineData("hh:mm:ss.000", false)]
    [InlineData("[h]:mm:ss", false)]
    [InlineData("[h]:mm", false)]
    [InlineData("[HH]:mm;@", false)]
    [InlineData("[Red][hh]:mm", false)]
    [InlineData("[mm]:ss", false)]
    [InlineData("mm:ss", false)]
    [InlineData("@", false)]
    [InlineData("\"open quote d", false)]
    [InlineData("", false)]
    public void Format_is_a_date_by_what_it_shows_of_a_day(string code, bool date) => Assert.Equal(date, DateFormatCode.IsDate(code));

    [Theory]
    [InlineData(1, false, "1900-01-01")]
    [InlineData(59, false, "1900-02-28")]
    [InlineData(60, false, "1900-02-29")]
    [InlineData(61, false, "1900-03-01")]
    [InlineData(45580.000011574074, false, "2024-10-15T00:00:01")]
    [InlineData(45580.0000057871, false, "2024-10-15T00:00:00.500")]
    [InlineData(2958465, false, "9999-12-31")]
    [InlineData(2958465.9999999, false, "9999-12-31T23:59:59.991")]
    [InlineData(2958466, false, null)]
    [InlineData(0.99, false, null)]
    [InlineData(double.NaN, false, null)]
    [InlineData(0, true, "1904-01-01")]
    [InlineData(2957003, true, "9999-12-31")]
    [InlineData(2957003.9999999999, true, null)]
    public void Serial_day_is_a_date(double days, bool from1904, string? date) => Assert.Equal(date, SerialDate.ToIso(days, from1904));
}
