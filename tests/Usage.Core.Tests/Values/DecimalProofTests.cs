using Usage.Core.Issues;
using Usage.Core.Tests.Files;
using Usage.Core.Values;
using Usage.Core.Values.Numbers;

namespace Usage.Core.Tests.Values;

/// <summary>What the numeric columns n and m of a file prove about its decimal separator.</summary>
public sealed class DecimalProofTests
{
    [Theory]
    [InlineData("1,375 13,75 2,5 2,500", ',')]
    [InlineData("1.234 1.5", '.')]
    [InlineData("1.234 1,234.5", '.')]
    [InlineData("12 34", '.')]
    [InlineData("9,99 1,5 2.5", ',')] // nothing is ambiguous, so that the more count
    [InlineData("9,99 2.5", '.')]
    [InlineData("9,99", ',')]
    [InlineData("1,234 9,99;8,5 7,5", ',')]
    [InlineData("0,000 0,125 1,234", ',')] // a group has no leading zero
    [InlineData("1.234 1.234.567 1.234.567", ',')]
    public async Task Cells_that_are_a_number_one_way_only_prove_it(string rows, char expected)
    {
        var plan = (await PlanAsync(rows)).Plan;
        Assert.Equal((expected, 0), (plan.DecimalSeparator, plan.Warnings.Count));
    }

    [Fact]
    public async Task Nothing_proved_is_the_point_with_a_warning()
    {
        var plan = (await PlanAsync("1.234;2,500 12.500 980")).Plan;
        var warning = Assert.Single(plan.Warnings);
        Assert.Equal(('.', "decimal-separator-assumed", Severity.Warning, 3L),
            (plan.DecimalSeparator, warning.Code, warning.Severity, warning.Count));
        Assert.Equal([(1L, "n", "1.234"), (1L, "m", "2,500"), (2L, "n", "12.500")],
            warning.Samples.Select(s => (s.Row!.Value, s.Column!, s.Found!)));
    }

    [Fact]
    public async Task One_row_does_not_turn_thousands_into_fractions()
    {
        var file = await PlanAsync("25,000 8,50;7,25 1,200");
        Assert.Equal(("decimal-separator-undecided",
            "row 1 \"25,000\", row 3 \"1,200\" could be thousands or have a decimal comma, and only one row proves the comma: "
            + "row 2 \"8,50\", row 2 \"7,25\", which may be a slip; declare the integration's file.decimalSeparator"), file.Error);
        Assert.Equal([1, 2, 2, 3], Assert.Single(file.Outcome.Issues).Samples.Select(s => s.Row!.Value));
    }

    [Fact]
    public async Task Both_ways_proved_contradict_each_other()
    {
        var file = await PlanAsync("1.5 1.234 2,25");
        Assert.Equal("decimal-separator-contradicted", file.Error.Code);
        Assert.Contains("row 1 \"1.5\"", file.Error.Message, StringComparison.Ordinal);
        Assert.Contains("row 3 \"2,25\"", file.Error.Message, StringComparison.Ordinal);
        Assert.Equal([1, 3], Assert.Single(file.Outcome.Issues).Samples.Select(s => s.Row!.Value));
    }

    [Theory]
    [InlineData("1.5 1.234 2,25", null, "row 1 \"1.5\" is a number only with a decimal point, row 3 \"2,25\" only with a decimal comma, ")]
    [InlineData("1.5 1.234 2,25 1.75", null, "row 1 \"1.5\", row 4 \"1.75\" are numbers only with a decimal point, row 3 ")]
    [InlineData("1,375 13,75", ".", "row 2 \"13,75\" is a number only with \",\", and row 1 \"1,375\" would be another number with it; ")]
    [InlineData("1,375 13,75 1,5 1,250", ".", "are numbers only with \",\", and row 1 \"1,375\", row 4 \"1,250\" would be other numbers ")]
    public async Task Messages_know_one_from_several(string rows, string? declared, string holds) =>
        Assert.Contains(holds, (await PlanAsync(rows, new FileFormat { DecimalSeparator = declared })).Error.Message);

    [Theory]
    [InlineData("1,375 13,75", ".", null)]
    [InlineData("1.375 13.75", ",", null)]
    [InlineData("13,75 14", ".", '.')] // nothing is ambiguous
    [InlineData("1,375 13,75 13.75", ".", '.')]
    [InlineData("1,375", ".", '.')]
    [InlineData("1.234", ",", ',')]
    public async Task Declared_separator_holds_unless_more_cells_prove_the_other(string rows, string declared, char? expected)
    {
        var file = await PlanAsync(rows, new FileFormat { DecimalSeparator = declared });
        Assert.Equal(expected, file.Outcome.Plan?.DecimalSeparator);
        Assert.Equal(expected is null ? "decimal-separator-contradicted" : null, file.Outcome.Error?.Code);
        Assert.Empty(file.Outcome.Plan?.Warnings ?? []);
    }

    [Fact]
    public async Task Blank_cells_tokens_and_broken_rows_prove_nothing()
    {
        var file = await FileFixture.PlanAsync("id;n;m\nx;1.234;\nx;1,5;\"y\"z\nx;2,5\nx; ;8,25\nx;;8,25",
            Mapping(new FileFormat { NullTokens = ["8,25"] }));
        Assert.Equal("decimal-separator-assumed", Assert.Single(file.Plan.Warnings).Code);
    }

    [Fact]
    public async Task Declared_marks_are_taken_off_first()
    {
        var file = await FileFixture.PlanAsync("id;n;m\nx;$1,234;\nx;$2,5;\nx;(3,5) $;", Mapping(new FileFormat(),
            new NumberFormat { Affixes = ["$"], Parentheses = true }));
        Assert.Equal((',', 0), (file.Plan.DecimalSeparator, file.Plan.Warnings.Count));
        var plain = await FileFixture.PlanAsync("id;n;m\nx;1,234;\nx;$2,5;\nx;(3,5) $;", Mapping(new FileFormat()));
        Assert.Equal(('.', 1), (plain.Plan.DecimalSeparator, plain.Plan.Warnings.Count));
    }

    [Fact]
    public async Task Column_that_feeds_two_dimensions_counts_once()
    {
        var mapping = Mapping(new FileFormat());
        var product = mapping.Products[0];
        var file = await FileFixture.PlanAsync("id;n;m\nx;1.234;",
            mapping with { Products = [product, product with { Dimensions = [product.Dimensions[0] with { Column = " N " }] }] });
        Assert.Equal(1, Assert.Single(file.Plan.Warnings).Count);
    }

    private static Task<PlannedFile> PlanAsync(string rows, FileFormat? format = null) => FileFixture.PlanAsync(
        "id|n|m\n" + string.Concat(rows.Split(' ').Select(row => $"x|{string.Join('|', $"{row};".Split(';').Take(2))}\n")),
        Mapping((format ?? new FileFormat()) with { Delimiter = "|" }));

    private static Core.Integrations.ImportMapping Mapping(FileFormat format, NumberFormat? number = null)
    {
        var mapping = FileFixture.Mapping(format, columns: ["n", "m"]);
        var product = mapping.Products[0];
        return mapping with
        {
            Products =
            [
                product with { Dimensions = [.. product.Dimensions.Select(d => d with { DataType = DataType.Numeric, Number = number })] },
            ],
        };
    }
}
