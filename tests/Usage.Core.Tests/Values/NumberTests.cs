using Usage.Core.Issues;
using Usage.Core.Values;

namespace Usage.Core.Tests.Values;

public sealed class NumberTests
{
    [Theory]
    [InlineData("500", 500)]
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    [InlineData("+7", 7)]
    [InlineData("-7.25", -7.25)]
    [InlineData("\u22125", -5)]
    [InlineData("\u22121,234.5", -1234.5)]
    [InlineData("007", 7)]
    [InlineData(".5", 0.5)]
    [InlineData("5.", 5)]
    [InlineData("-.5", -0.5)]
    [InlineData("1e3", 1000)]
    [InlineData("1.5E-3", 0.0015)]
    [InlineData("2E+2", 200)]
    [InlineData(".5e1", 5)]
    [InlineData("5.e1", 50)]
    [InlineData("1,234", 1234)]
    [InlineData("1,234,567.5", 1234567.5)]
    [InlineData("-12,345", -12345)]
    [InlineData("1,234.", 1234)]
    [InlineData("1 234 567", 1234567)]
    [InlineData("1\u00a0234", 1234)]
    [InlineData("1\u202f234\u202f567.25", 1234567.25)]
    [InlineData("1'234'567", 1234567)]
    [InlineData("1\u2019234", 1234)]
    [InlineData("0.000", 0)]
    [InlineData("0e999999999999", 0)]
    public void Number_is_read(string cell, double expected) => Assert.Equal(expected, Cells.Number(cell));

    [Theory]
    [InlineData("9,99", 9.99)]
    [InlineData("1.234,5", 1234.5)]
    [InlineData("1.234.567", 1234567)]
    [InlineData(",5", 0.5)]
    [InlineData("5,", 5)]
    [InlineData("1 234,5", 1234.5)]
    [InlineData("1'234,5", 1234.5)]
    [InlineData("1,5e2", 150)]
    public void Number_with_a_decimal_comma_is_read(string cell, double expected) => Assert.Equal(expected, Cells.Number(cell, ","));

    [Theory]
    [InlineData("9,99")] // never 999
    [InlineData("1,23,456")]
    [InlineData("1234,567")]
    [InlineData("1,2345")]
    [InlineData("1,234,56")]
    [InlineData("0,123")]
    [InlineData("012,345")]
    [InlineData(",123")]
    [InlineData("1,234 567")]
    [InlineData("1\u00a0234\u202f567")]
    [InlineData("1,234e2")]
    [InlineData("1,,234")]
    [InlineData("1,234.5,6")]
    [InlineData("1\u2009234")] // a thin space is none of the group separators
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("∞")]
    [InlineData("N/A")]
    [InlineData("0x1F")]
    [InlineData("$5")]
    [InlineData("5 €")]
    [InlineData("5%")]
    [InlineData("(5)")]
    [InlineData("5-")]
    [InlineData("- 5")]
    [InlineData("--5")]
    [InlineData("+-5")]
    [InlineData("\u20135")] // a dash is no minus sign
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("+.")]
    [InlineData("e5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1e1.5")]
    [InlineData("1.2.3")]
    [InlineData("1_000")]
    [InlineData("1k")]
    [InlineData("٣")] // digits are ASCII
    [InlineData("５")]
    public void Anything_else_is_not_a_number(string cell) => Assert.Equal(IssueCode.NotANumber, Cells.NumberCode(cell));

    [Theory]
    [InlineData("1,234.5")]
    [InlineData("9.99")]
    [InlineData("1.23")]
    [InlineData("1.234.5")]
    public void Point_groups_only_where_the_comma_is_the_decimal_separator(string cell) =>
        Assert.Equal(IssueCode.NotANumber, Cells.NumberCode(cell, ","));

    [Theory]
    [InlineData("33.333333333333336", 33.333333333333336)]
    [InlineData("0.4838709677419368", 0.4838709677419368)]
    [InlineData("0.30000000000000004", 0.30000000000000004)]
    [InlineData("0.0000000072922557592391990000", 7.292255759239199e-9)]
    [InlineData("9007199254740993.0", 9007199254740992)]
    [InlineData("9007199254740993.0000000000000000000000001", 9007199254740994)] // just above the middle of two doubles
    [InlineData("9007199254740993e0", 9007199254740992)]
    [InlineData("1e23", 1e23)]
    [InlineData("1.50000000000000000000000000000", 1.5)]
    [InlineData("1e308", 1e308)]
    [InlineData("1e-307", 1e-307)]
    [InlineData("5e-324", 5e-324)]
    [InlineData("0.0000000000000000000000000000000000000001e40", 1)]
    [InlineData("1e-400", 0)]
    [InlineData("-1e-999999999999999999999", 0)]
    public void Number_with_a_fraction_or_an_exponent_is_the_nearest_double(string cell, double expected) =>
        Assert.Equal(expected, Cells.Number(cell));

    [Theory]
    [InlineData("123456789012345", 123456789012345)]
    [InlineData("9007199254740992", 9007199254740992)]
    [InlineData("9,007,199,254,740,994", 9007199254740994)]
    [InlineData("000000000000000000000000000001", 1)]
    [InlineData("100000000000000000000", 1e20)]
    [InlineData("10000000000000000000000", 1e22)]
    [InlineData("1180591620717411303424", 1180591620717411303424d)] // 2 to the 70th
    public void Whole_number_that_a_double_holds_is_read(string cell, double expected) => Assert.Equal(expected, Cells.Number(cell));

    [Theory]
    [InlineData("9007199254740993")]
    [InlineData("-9007199254740993")]
    [InlineData("9007199254740993.")]
    [InlineData("9,007,199,254,740,993")]
    [InlineData("12345678901234567")]
    [InlineData("1180591620717411303425")]
    [InlineData("100000000000000000000000")] // 1e23 is no double
    [InlineData("1000000000000000000000000001")]
    [InlineData("1e309")]
    [InlineData("-1e309")]
    [InlineData("1e400")]
    [InlineData("1e999999999999999999999")]
    public void Whole_number_that_a_double_would_change_and_too_large_ones_are_not_exact(string cell) =>
        Assert.Equal(IssueCode.NumberNotExact, Cells.NumberCode(cell));

    [Fact]
    public void Very_long_numbers_are_read_to_their_end()
    {
        var zeros = new string('0', 100_000);
        Assert.Equal(1, Cells.Number($"1{zeros}e-100000"));
        Assert.Equal(1, Cells.Number($"0.{zeros}1e100001"));
        Assert.Equal(1, Cells.Number($"1.{zeros}1"));
        Assert.Equal(IssueCode.NumberNotExact, Cells.NumberCode($"1{zeros}"));
        Assert.Equal(IssueCode.NumberNotExact, Cells.NumberCode($"1{zeros}1"));
        Assert.Equal(IssueCode.NotANumber, Cells.NumberCode($"1{zeros}x"));
    }

    [Fact]
    public void Zero_is_a_value_and_has_no_sign()
    {
        var (state, value, _) = Cells.Parse(DataType.Numeric, "-0.0");
        Assert.Equal(CellState.Value, state);
        Assert.False(double.IsNegative(value.Number));
    }
}
