using Usage.Core.Values;

namespace Usage.Core.Tests.Values;

public sealed class CellMessageTests
{
    [Theory]
    [InlineData(DataType.Numeric, "N/A", ".", "row 8, column \"mau\": found \"N/A\", expected a number such as 1234.5")]
    [InlineData(DataType.Numeric, "9.99", ",", "row 8, column \"mau\": found \"9.99\", expected a number such as 1234,5")]
    [InlineData(DataType.Numeric, "1234567890123456", ".",
        "row 8, column \"mau\": found \"1234567890123456\", expected a number of at most 15 significant digits (a text dimension takes "
            + "longer ones as they stand)")]
    [InlineData(DataType.Numeric, "1e999", ".",
        "row 8, column \"mau\": found \"1e999\", expected a number that a double can hold, 0 or between 5E-324 and 1.79E+308 in size")]
    [InlineData(DataType.Boolean, "maybe", ".",
        "row 8, column \"mau\": found \"maybe\", expected true or false, yes or no, 1 or 0, y or n, t or f")]
    public void Message_says_where_what_was_found_and_what_was_expected(DataType type, string cell, string separator, string message) =>
        Assert.Equal(message, Cells.Parse(type, cell, new FileFormat { DecimalSeparator = separator }).Problem.Message(8, "mau"));

    [Fact]
    public void Long_text_is_shown_shortened_with_its_length() => Assert.Equal(
        $"row 8000, column \"note\": found \"{new string('x', 100)}…\", expected a text of at most 32,000 characters, not 32,001",
        Cells.Parse(DataType.Text, new string('x', 32_001)).Problem.Message(8000, "note"));

    [Fact]
    public void Control_characters_and_half_characters_are_shown_so_that_they_can_be_seen()
    {
        Assert.Equal("a\\nb\\tc\\u0007", Cells.Parse(DataType.Numeric, "a\nb\tc\a").Problem.Found);
        var smileys = string.Concat(Enumerable.Repeat("😀", 101));
        Assert.Equal(string.Concat(Enumerable.Repeat("😀", 100)) + "…", Cells.Parse(DataType.Numeric, smileys).Problem.Found);
    }
}
