using Usage.Core.Values;

namespace Usage.Core.Tests.Values;

public sealed class CellMessageTests
{
    [Theory]
    [InlineData(DataType.Numeric, "N/A", ".", "row 8, column \"mau\": found \"N/A\", expected a number such as 1234.5")]
    [InlineData(DataType.Numeric, "9.99", ",", "row 8, column \"mau\": found \"9.99\", expected a number such as 1234,5")]
    [InlineData(DataType.Numeric, "9007199254740993", ".",
        "row 8, column \"mau\": found \"9007199254740993\", expected a whole number that a double holds exactly, as it does all up to "
            + "9007199254740992 (a text dimension takes longer ones as they stand)")]
    [InlineData(DataType.Numeric, "1e999", ".",
        "row 8, column \"mau\": found \"1e999\", expected a number that a double can hold, at most 1.79E+308 in size")]
    [InlineData(DataType.Boolean, "maybe", ".",
        "row 8, column \"mau\": found \"maybe\", expected true or false, yes or no, on or off, 1 or 0, y or n, t or f")]
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
        Assert.Equal("CUSTU+200B003", Cells.Parse(DataType.Numeric, "\u200bCUST\u200b003").Problem.Found);
        var smileys = string.Concat(Enumerable.Repeat("😀", 101));
        Assert.Equal(string.Concat(Enumerable.Repeat("😀", 100)) + "…", Cells.Parse(DataType.Numeric, smileys).Problem.Found);
    }
}
