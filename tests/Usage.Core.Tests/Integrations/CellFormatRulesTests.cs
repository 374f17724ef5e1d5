using Usage.Core.Integrations;
using Usage.Core.Values;
using Usage.Core.Values.Columns;
using Usage.Core.Values.Numbers;
using static Usage.Core.Tests.Integrations.Drafts;

namespace Usage.Core.Tests.Integrations;

public sealed class CellFormatRulesTests
{
    private const string At = "products[0].dimensions[0]";

    [Fact]
    public void What_fits_its_type_is_accepted() => Assert.Empty(Check(With(
        New("mau", "mau", "MAU", DataType.Numeric) with
        {
            Number = new() { Affixes = ["$", "Rs.", "US $", "m³"], Percent = PercentSign.Divide, Grouping = DigitGrouping.Indian },
        },
        New("on", "is_on", "On", DataType.Boolean) with { Boolean = new() { True = ["x"] } })));

    [Fact]
    public void Declarations_are_for_their_type_only() => Assert.Equal(
        [
            $"Wrong invalid {At}.boolean: found it for \"mau\", which is numeric, expected it for a boolean dimension only",
            "Wrong invalid products[0].dimensions[1].number: found it for \"plan\", which is text, "
                + "expected it for a numeric dimension only",
        ],
        Check(With(
            Good.Products[0].Dimensions[0] with { Boolean = new() { True = ["J"], False = ["N"] } },
            New("plan", "plan", "Plan", DataType.Text) with { Number = new() })));

    [Fact]
    public void Affixes_are_nothing_that_a_number_holds() => Assert.Equal(
        [
            $"Wrong required {At}.number.affixes[0]: found nothing, expected 1 to 64 characters",
            $"Wrong invalid {At}.number.affixes[1]: found \"%\", expected no percent sign: declare \"percent\" for it",
            $"Wrong invalid {At}.number.affixes[2]: found \"5\", expected no digits in it",
            $"Wrong invalid {At}.number.affixes[3]: found \"(\", expected no parentheses: declare \"parentheses\" for them",
            $"Wrong invalid {At}.number.affixes[4]: found \"-\", expected no sign in it",
            $"Wrong invalid {At}.number.affixes[5]: found \",\", expected a currency or a unit, such as $ or GB",
            $"Wrong duplicate {At}.number.affixes[7]: found \"gb\" again, expected each affix once, in any case",
            $"Wrong too-long {At}.number.affixes[8]: found 65 characters, expected at most 64",
        ],
        Check(With(Good.Products[0].Dimensions[0] with
        {
            Number = new() { Affixes = [" \u200b", "%", "5", "(", "-", ",", "GB", "gb ", new('x', 65)] },
        })));

    [Fact]
    public void There_are_not_too_many_of_anything() => Assert.Equal(
        [
            $"Wrong too-many {At}.number.affixes: found 21 affixes, expected at most 20",
            "Wrong too-many products[0].dimensions[1].column: found 21 names, expected at most 20",
            "Wrong too-many products[0].dimensions[1].boolean.true: found 51 words, expected at most 50",
        ],
        Check(With(
            Good.Products[0].Dimensions[0] with
            {
                Number = new() { Affixes = [.. Enumerable.Range(0, 21).Select(i => new string('x', i + 1))] },
            },
            New("on", "is_on", "On", DataType.Boolean) with
            {
                Column = ColumnNames.List([.. Enumerable.Range(0, 21).Select(i => $"on{i}")]),
                Boolean = new() { True = [.. Enumerable.Range(0, 51).Select(i => $"w{i}")] },
            })));

    [Fact]
    public void Words_are_there_and_mean_one_thing() => Assert.Equal(
        [
            $"Wrong required {At}.boolean: found no words, expected some, such as {{\"true\": [\"J\"], \"false\": [\"N\"]}}",
            "Wrong duplicate products[0].dimensions[1].boolean.false: found \"j\", which is among the words for true, "
                + "expected each word once",
        ],
        Check(With(
            New("a", "a", "Alpha", DataType.Boolean) with { Boolean = new() },
            New("b", "b", "Beta", DataType.Boolean) with { Boolean = new() { True = ["J"], False = ["N", "j "] } })));

    [Fact]
    public void Lists_of_names_are_checked_name_by_name() => Assert.Equal(
        [
            "Wrong required match[0].column: found nothing, expected a column's name, or a list of names",
            $"Wrong required {At}.column[0]: found nothing, expected 1 to 255 characters",
            $"Wrong duplicate {At}.column[2]: found \"M  A U\" again, expected each name once",
            "Wrong column-in-two-roles products[0].dimensions[1].column: found \"x\" or \"day\", which is a date column, "
                + "expected a column of n's values",
        ],
        Check(Good with
        {
            Match = [Good.Match[0] with { Column = ColumnNames.List([]) }],
            Products =
            [
                Good.Products[0] with
                {
                    DateColumn = ColumnNames.List(["Day", "date"]),
                    Dimensions =
                    [
                        Good.Products[0].Dimensions[0] with { Column = ColumnNames.List([" ", "m a u", "M  A U"]) },
                        New("n", "n", "Number", DataType.Numeric) with { Column = ColumnNames.List(["x", "day"]) },
                    ],
                },
            ],
        }));

    private static Integration With(params DimensionMapping[] dimensions) =>
        Good with { Products = [Good.Products[0] with { Dimensions = dimensions }] };
}
