using System.Text.Json;
using Usage.Core.Reports;
using Usage.Core.Values;

namespace Usage.Core.Tests.Reports;

public sealed class ConditionTests
{
    [Theory]
    [InlineData("eq", "5", "5", true)]
    [InlineData("eq", "5", "5.1", false)]
    [InlineData("ne", "5", "6", true)]
    [InlineData("ne", "5", "5", false)]
    [InlineData("lt", "5", "4.9", true)]
    [InlineData("lt", "5", "5", false)]
    [InlineData("le", "5", "5", true)]
    [InlineData("gt", "5", "5", false)]
    [InlineData("gt", "-5", "0", true)]
    [InlineData("ge", "5", "5", true)]
    [InlineData("eq", "true", "true", true)]
    [InlineData("ne", "true", "false", true)]
    [InlineData("eq", "\"Pro\"", "\"Pro\"", true)]
    [InlineData("eq", "\"Pro\"", "\"pro\"", false)]
    [InlineData("lt", "\"b\"", "\"a\"", true)]
    [InlineData("contains", "\"ENTER\"", "\"The Enterprise\"", true)]
    [InlineData("contains", "\"x\"", "\"The Enterprise\"", false)]
    [InlineData("eq", "5", "\"5\"", false)]
    [InlineData("ne", "5", "\"6\"", false)]
    [InlineData("exists", null, "0", true)]
    [InlineData("exists", null, "false", true)]
    [InlineData("missing", null, "0", false)]
    public void Stored_value_is_compared_as_what_it_is(string op, string? value, string stored, bool meets) =>
        Assert.Equal(meets, ConditionTest.Meets(Condition(op, value), Value(stored), null));

    [Theory]
    [InlineData("eq", "0")]
    [InlineData("ne", "0")]
    [InlineData("lt", "0")]
    [InlineData("le", "0")]
    [InlineData("gt", "0")]
    [InlineData("ge", "0")]
    [InlineData("contains", "\"\"")]
    [InlineData("changePercentLt", "0")]
    [InlineData("changePercentGt", "0")]
    [InlineData("exists", null)]
    public void Account_without_a_value_meets_only_missing(string op, string? value)
    {
        Assert.False(ConditionTest.Meets(Condition(op, value), null, Value("1")));
        Assert.True(ConditionTest.Meets(Condition("missing", null), null, Value("1")));
    }

    [Theory]
    [InlineData("changePercentGt", 40, 150, 100.0, true)]
    [InlineData("changePercentGt", 50, 150, 100.0, false)]
    [InlineData("changePercentLt", -40, 50, 100.0, true)]
    [InlineData("changePercentLt", -50, 50, 100.0, false)]
    [InlineData("changePercentGt", 40, -50, -100.0, true)]
    [InlineData("changePercentGt", 0, 5, 0.0, false)]
    [InlineData("changePercentLt", 1, 0, 0.0, true)]
    [InlineData("changePercentGt", -1, 0, 0.0, true)]
    [InlineData("changePercentLt", 1, 5, null, false)]
    [InlineData("changePercentGt", -1, 5, null, false)]
    public void Change_is_in_percent_of_the_date_before(string op, double value, double now, double? before, bool meets) => Assert.Equal(
        meets,
        ConditionTest.Meets(Condition(op, value.ToString(System.Globalization.CultureInfo.InvariantCulture)), UsageValue.Of(now),
            before is { } b ? UsageValue.Of(b) : null));

    private static Condition Condition(string op, string? value) => JsonSerializer.Deserialize<Condition>(
        $$"""{"product":"p","dimension":"d","op":"{{op}}"{{(value is null ? "" : $",\"value\":{value}")}}}""", CoreJson.Options)!;

    private static UsageValue Value(string json) => JsonSerializer.Deserialize<UsageValue>(json, CoreJson.Options);
}
