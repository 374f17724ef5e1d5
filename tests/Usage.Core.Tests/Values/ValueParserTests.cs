using System.Text;
using Usage.Core.Issues;
using Usage.Core.Values;
using Usage.Core.Values.Numbers;

namespace Usage.Core.Tests.Values;

public sealed class ValueParserTests
{
    [Theory]
    [InlineData("true", true)]
    [InlineData("TRUE", true)]
    [InlineData("Yes", true)]
    [InlineData("1", true)]
    [InlineData("y", true)]
    [InlineData("T", true)]
    [InlineData("false", false)]
    [InlineData("False", false)]
    [InlineData("NO", false)]
    [InlineData("0", false)]
    [InlineData("N", false)]
    [InlineData("f", false)]
    [InlineData(" true\u00a0", true)]
    [InlineData("On", true)]
    [InlineData("OFF", false)]
    public void Boolean_is_read(string cell, bool expected)
    {
        var (state, value, _) = Cells.Parse(DataType.Boolean, cell);
        Assert.Equal(CellState.Value, state);
        Assert.Equal(UsageValue.Of(expected), value);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("of")]
    [InlineData("ja")]
    [InlineData("tru")]
    [InlineData("truee")]
    [InlineData("-")]
    [InlineData("\u0011")] // differs from 1 in the bit that tells case
    public void Anything_else_is_not_a_boolean(string cell) =>
        Assert.Equal(IssueCode.NotABoolean, Cells.Parse(DataType.Boolean, cell).Problem.Code);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\t\r\n")]
    [InlineData("\u00a0\u2007\u202f\u3000\u0085\u2028")]
    [InlineData(" \u200b\ufeff\u00ad \u200e\u2060")]
    public void Cell_of_white_space_is_blank(string cell)
    {
        foreach (var type in Enum.GetValues<DataType>()) Assert.Equal(CellState.Blank, Cells.Parse(type, cell).State);
        Assert.True(Cells.Parser().IsBlank(Encoding.UTF8.GetBytes(cell)));
    }

    [Theory]
    [InlineData("N/A")]
    [InlineData("n/a ")]
    [InlineData("NULL")]
    [InlineData("ÄHEM")]
    [InlineData("\u00a0-")]
    public void Null_tokens_are_blank_in_any_case(string cell)
    {
        var format = new FileFormat { NullTokens = ["n/a", "null", " - ", "ähem", "", " "] };
        foreach (var type in Enum.GetValues<DataType>()) Assert.Equal(CellState.Blank, Cells.Parse(type, cell, format).State);
        Assert.True(Cells.Parser(format).IsBlank(Encoding.UTF8.GetBytes(cell)));
    }

    [Theory]
    [InlineData("n/a!")]
    [InlineData("nul")]
    [InlineData("0")]
    public void What_only_begins_like_a_null_token_is_a_value(string cell) =>
        Assert.Equal(CellState.Value, Cells.Parse(DataType.Text, cell, new FileFormat { NullTokens = ["n/a", "null"] }).State);

    [Theory]
    [InlineData("Enterprise", "Enterprise")]
    [InlineData("  two  words ", "two  words")]
    [InlineData("\u3000日本\u00a0", "日本")]
    [InlineData("\u200e \u00ada\u200bb\u200b\ufeff", "a\u200bb")]
    [InlineData("a\nb", "a\nb")]
    [InlineData("'=1", "'=1")]
    [InlineData("N/A", "N/A")]
    public void Text_is_the_cell_as_it_stands_without_outer_white_space(string cell, string expected) =>
        Assert.Equal(UsageValue.Of(expected), Cells.Parse(DataType.Text, cell).Value);

    [Fact]
    public void Text_is_limited_in_UTF_16_units()
    {
        Assert.Equal(CellState.Value, Cells.Parse(DataType.Text, new string('é', 32_000)).State);
        Assert.Equal(CellState.Value, Cells.Parse(DataType.Text, string.Concat(Enumerable.Repeat("😀", 16_000))).State);
        Assert.Equal(IssueCode.TextTooLong, Cells.Parse(DataType.Text, new string('a', 32_001)).Problem.Code);
        Assert.Equal(IssueCode.TextTooLong, Cells.Parse(DataType.Text, string.Concat(Enumerable.Repeat("😀", 16_000)) + "a").Problem.Code);
        Assert.Equal(CellState.Value, Cells.Parse(DataType.Text, "  " + new string('a', 32_000) + "  ").State);
    }

    [Fact]
    public void Numbers_and_booleans_are_read_without_allocating()
    {
        var marks = new NumberFormat { Affixes = ["USD"], Percent = PercentSign.Divide };
        var parser = Cells.Parser(new FileFormat { NullTokens = ["n/a"] }, marks);
        string[] texts = ["500", "1,234,567.5", "-1.5e-200", "n/a", " 12 ", "1", "33.333333333333336", "usd 12.5 %"];
        var cells = texts.Select(Encoding.UTF8.GetBytes).ToArray();
        void ReadAll()
        {
            foreach (var cell in cells) parser.Parse(DataType.Numeric, cell, out _, out _);
            parser.Parse(DataType.Boolean, "True"u8, out _, out _);
        }
        Assert.Equal(0, Allocations.OfAThousand(ReadAll));
    }

    [Fact]
    public void Values_are_plain_in_JSON()
    {
        var values = new Dictionary<string, UsageValue>
        {
            ["a"] = UsageValue.Of(1.5),
            ["b"] = UsageValue.Of("x"),
            ["c"] = UsageValue.Of(true)
        };
        var json = System.Text.Json.JsonSerializer.Serialize(values, CoreJson.Options);
        Assert.Equal("{\"a\":1.5,\"b\":\"x\",\"c\":true}", json);
        Assert.Equal(values, System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, UsageValue>>(json, CoreJson.Options));
    }
}
