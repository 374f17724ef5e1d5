using Usage.Core.Issues;
using Usage.Core.Values;

namespace Usage.Core.Tests.Files.Rows;

public sealed class IgnoreRowsTests
{
    [Theory]
    [InlineData("Total,1", true)]
    [InlineData("TOTAL:,,,", true)]
    [InlineData(" \" total of all\" ,5", true)]
    [InlineData("\"total\"x,5", true)]
    [InlineData("1,Total", false)]
    [InlineData("Subtotal,5", false)]
    public Task Cell_that_starts_so(string row, bool ignored) =>
        IsIgnoredAsync(row, ignored, new IgnoreRule { Column = "ID", StartsWith = " Total" });

    [Theory]
    [InlineData("Größe,1", true)]
    [InlineData("GRÖßE,x,y", true)]
    [InlineData("Größer,1", false)]
    [InlineData("Gr,1", false)]
    public Task Cell_that_equals(string row, bool ignored) =>
        IsIgnoredAsync(row, ignored, new IgnoreRule { Column = "id", EqualTo = "größe" });

    [Theory]
    [InlineData("# note", true)]
    [InlineData("  #,5", true)]
    [InlineData("\"# note, and more\"", true)]
    [InlineData("1,#", false)]
    public Task Line_that_starts_so(string row, bool ignored) => IsIgnoredAsync(row, ignored, new IgnoreRule { StartsWith = "#" });

    [Fact]
    public async Task They_have_no_number_and_are_told_by_rule_and_line()
    {
        var mapping = Mapping(new() { StartsWith = "#" }, new() { Column = "id", EqualTo = "Total" });
        var notes = string.Concat(Enumerable.Range(0, 12).Select(i => $"# note {i}\n"));
        var file = await FileFixture.PlanAsync($"id,mau\n1,\"a\nb\"\n{notes}\n,\n2,x\nTOTAL,3\n3,y\n", mapping, batchBytes: 1);
        Assert.Equal([1, 2, 3], file.Rows().Select(row => row.Row));
        Assert.Equal([("the line starts with \"#\"", 12), ("column \"id\" equals \"Total\"", 1)],
            file.Plan.Ignored.Select(ignored => (ignored.Why, ignored.Count)));
        Assert.Equal(10, file.Plan.Ignored[0].Samples.Count);
        Assert.Equal(new IgnoredSample(4, "# note 0"), file.Plan.Ignored[0].Samples[0]);
        Assert.Equal(new IgnoredSample(19, "TOTAL,3"), file.Plan.Ignored[1].Samples[0]);
        Assert.Equal(file.Rows(), file.Rows(file.Whole));
    }

    [Fact]
    public async Task They_prove_nothing_about_dates()
    {
        var mapping = FileFixture.Mapping(
            new FileFormat { Delimiter = ",", IgnoreRows = [new() { Column = "id", EqualTo = "units" }] }, date: "day");
        var file = await FileFixture.PlanAsync("id,day\nunits,15/10/2024\n1,12/25/2024\n", mapping);
        Assert.Equal(Core.Values.Dates.DateOrder.MonthFirst, file.Plan.DateOrders["day"]);
    }

    [Fact]
    public async Task Column_that_is_not_there_fails_the_run()
    {
        var mapping = FileFixture.Mapping(new FileFormat { IgnoreRows = [new() { Column = "kind", EqualTo = "total" }] });
        var file = await FileFixture.PlanAsync("id,mau\n1,2\n", mapping);
        Assert.Equal(("missing-column", "header: found the columns \"id\", \"mau\" (delimiter \",\"), expected \"kind\" too"), file.Error);
    }

    [Fact]
    public async Task Failed_plan_tells_them_too()
    {
        var mapping = FileFixture.Mapping(
            new FileFormat { Delimiter = ",", IgnoreRows = [new() { StartsWith = "#" }] }, date: "day");
        var file = await FileFixture.PlanAsync("Report\nid,day\n# a\n1,03/04/2024\n", mapping);
        Assert.Equal("date-order-undecided", file.Error.Code);
        Assert.Equal(2, file.Outcome.Ignored.Count);
    }

    private static async Task IsIgnoredAsync(string row, bool ignored, IgnoreRule rule)
    {
        var file = await FileFixture.PlanAsync($"id,mau\n0,0\n{row}\n9,9\n", Mapping(rule), batchBytes: 1);
        Assert.Equal(ignored ? 2 : 3, file.Plan.Rows);
        Assert.Equal(file.Plan.Rows, file.Rows()[^1].Row);
        Assert.Equal(ignored ? 1 : 0, file.Plan.Ignored.Sum(one => one.Count));
    }

    private static Core.Integrations.ImportMapping Mapping(params IgnoreRule[] rules) =>
        FileFixture.Mapping(new FileFormat { Delimiter = ",", IgnoreRows = rules }, columns: "mau");
}
