using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Usage.Core.Issues;
using Usage.Core.Values;
using Usage.Core.Values.Numbers;

namespace Usage.Core.Tests.Values;

public sealed class NumberFormatTests
{
    private static readonly NumberFormat All = new()
    {
        Affixes = ["$", "USD", "GB", "Rs.", "S", "Seats"],
        Percent = PercentSign.Keep,
        Parentheses = true,
        TrailingMinus = true,
    };

    [Theory]
    [InlineData("$1,234.56", 1234.56)]
    [InlineData("7 seats", 7)]
    [InlineData("7SEATS", 7)]
    [InlineData("3.5GB", 3.5)]
    [InlineData("Rs. 500", 500)]
    [InlineData("5\u00a0gb", 5)]
    [InlineData("$5 USD", 5)]
    [InlineData("($5)", -5)]
    [InlineData("$(5)", -5)]
    [InlineData("( 1,234.56 ) usd", -1234.56)]
    [InlineData("-$5", -5)]
    [InlineData("$-5", -5)]
    [InlineData("\u2212 $5", -5)]
    [InlineData("+5 %", 5)]
    [InlineData("5-", -5)]
    [InlineData("1,234.50-", -1234.5)]
    [InlineData("5 \u2212", -5)]
    [InlineData("12.5%", 12.5)]
    [InlineData("(0%)", 0)]
    [InlineData("1e3 GB", 1000)]
    public void Declared_marks_are_taken_off(string cell, double expected)
    {
        Assert.Equal(expected, Parse(cell, All).Number);
        if (cell != "5") Assert.Equal(IssueCode.NotANumber, Parse(cell, null).Code);
    }

    [Theory]
    [InlineData("$")]
    [InlineData("$$5")]
    [InlineData("$5$")]
    [InlineData("(-5)")]
    [InlineData("-(5)")]
    [InlineData("-5-")]
    [InlineData("((5))")]
    [InlineData("(5")]
    [InlineData("5)")]
    [InlineData("5%%")]
    [InlineData("+-5")]
    [InlineData("5 $ 5")]
    [InlineData("\u00a35")]
    [InlineData("5+")]
    [InlineData("5 MB")]
    public void Each_mark_stands_once_and_there_is_one_sign(string cell) => Assert.Equal(IssueCode.NotANumber, Parse(cell, All).Code);

    [Theory]
    [InlineData("12.5%", 0.125)]
    [InlineData("33.3 %", 0.333)]
    [InlineData("250%", 2.5)]
    [InlineData("7", 7)]
    [InlineData("-0.07%", -0.0007)]
    public void Percent_is_divided_to_the_nearest_double(string cell, double expected) =>
        Assert.Equal(expected, Parse(cell, new() { Percent = PercentSign.Divide }).Number);

    [Theory]
    [InlineData("12,34,567", 1234567d)]
    [InlineData("1,00,000.5", 100000.5)]
    [InlineData("12 34 567", 1234567d)]
    [InlineData("1,234", 1234d)]
    [InlineData("1,234,567", null)]
    [InlineData("123,456", null)]
    [InlineData("12,34", null)]
    [InlineData("1,23,45,6789", null)]
    public void Indian_groups_are_two_digits_before_the_last_three(string cell, double? expected) =>
        Assert.Equal(expected, Parse(cell, new() { Grouping = DigitGrouping.Indian }).Number);

    [Theory]
    [InlineData("1,234")]
    [InlineData("1 234")]
    public void Without_grouping_there_are_no_groups(string cell) =>
        Assert.Equal(IssueCode.NotANumber, Parse(cell, new() { Grouping = DigitGrouping.None }).Code);

    [Fact]
    public void Marks_are_read_as_a_slow_and_plain_reference_reads_them()
    {
        var pieces = Gen.Elements("5", "1,234", "12.5", "$", "usd", "GB", "(", ")", "-", "+", "\u2212", "%", " ");
        var formats = from affixes in Gen.Elements<string[]>([], ["$"], ["USD", "gb"])
                      from percent in Gen.Elements<PercentSign?>(null, PercentSign.Keep, PercentSign.Divide)
                      from parentheses in Gen.Elements(true, false)
                      from trailing in Gen.Elements(true, false)
                      select new NumberFormat { Affixes = affixes, Percent = percent, Parentheses = parentheses, TrailingMinus = trailing };
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5_000), Prop.ForAll(
            pieces.ArrayOf().Where(all => all.Length is > 0 and < 8).Select(string.Concat).ToArbitrary(), formats.ToArbitrary(),
            (text, format) =>
            {
                if (text.Trim().Length == 0) return true;
                var (number, code) = NumberReference.Parse(text.Trim(), '.', format);
                Assert.Equal((number == 0 ? 0 : number, code), Parse(text, format));
                return true;
            }));
    }

    private static (double? Number, string? Code) Parse(string cell, NumberFormat? format)
    {
        var state = Cells.Parser(number: format).Parse(DataType.Numeric, Encoding.UTF8.GetBytes(cell), out var value, out var problem);
        return (state == CellState.Value ? value.Number : null, problem.Code);
    }
}
