using System.Text;
using Usage.Core.Issues;
using Usage.Core.Tests.Files;
using Usage.Core.Values;

namespace Usage.Core.Tests.Values;

public sealed class BooleanWordsTests
{
    private static readonly BooleanFormat Declared = new() { True = ["J", "Sí"], False = ["N", " No "] };

    [Theory]
    [InlineData("j", true)]
    [InlineData("SÍ", true)]
    [InlineData("n", false)]
    [InlineData("no", false)]
    [InlineData("true", null)]
    [InlineData("1", null)]
    public void Declared_words_are_all_that_is_known(string cell, bool? expected)
    {
        var state = Cells.Parser(boolean: Declared).Parse(DataType.Boolean, Encoding.UTF8.GetBytes(cell), out var value, out var problem);
        Assert.Equal((expected ?? false, expected is null ? IssueCode.NotABoolean : null), (value.Boolean, problem.Code));
        Assert.Equal(expected is null ? CellState.Bad : CellState.Value, state);
        if (expected is null) Assert.Equal("one of \"J\", \"Sí\" for true, \"N\", \" No \" for false", problem.Expected);
    }

    [Theory]
    [InlineData("J N J", true)]
    [InlineData("yes nein", true)]
    [InlineData("0 0 2", true)]
    [InlineData("J N true", false)] // both sides are known
    [InlineData("J", false)] // no word is known, so that no half is recorded
    [InlineData("N n/a ? Unknown #N/A - NA none NULL", false)] // no words, just bad cells
    [InlineData("N off", false)]
    [InlineData("N token", false)]
    public async Task Known_words_of_one_side_beside_others_leave_it_open(string cells, bool fails)
    {
        var file = await PlanAsync(cells, null);
        Assert.Equal(fails ? "boolean-words-undecided" : null, file.Outcome.Error?.Code);
        Assert.Null((await PlanAsync(cells, Declared)).Outcome.Error);
    }

    [Fact]
    public async Task Failure_names_the_column_the_words_and_the_rows()
    {
        var file = await PlanAsync("J N J", null);
        Assert.Equal(
            "column \"flag\": row 1 \"J\", row 3 \"J\" are no known words, while the known ones (such as \"N\") all mean false; "
            + "declare the column's words in the mapping, such as \"boolean\": {\"true\": [\"J\"], \"false\": [\"N\"]}",
            file.Error.Message);
        Assert.Equal([1, 3], Assert.Single(file.Outcome.Issues).Samples.Select(s => s.Row!.Value));
    }

    [Fact]
    public async Task Broken_rows_have_no_words() =>
        Assert.Null((await FileFixture.PlanAsync("id,flag\nx,N\nx,J,\"a\"b\n", Mapping(null))).Outcome.Error);

    private static Task<PlannedFile> PlanAsync(string cells, BooleanFormat? words) =>
        FileFixture.PlanAsync("id,flag\n" + string.Concat(cells.Split(' ').Select(cell => $"x,{cell}\n")), Mapping(words));

    private static Core.Integrations.ImportMapping Mapping(BooleanFormat? words)
    {
        var mapping = FileFixture.Mapping(new FileFormat { NullTokens = ["token"] }, columns: ["flag"]);
        var product = mapping.Products[0];
        return mapping with
        {
            Products = [product with { Dimensions = [product.Dimensions[0] with { DataType = DataType.Boolean, Boolean = words }] }],
        };
    }
}
