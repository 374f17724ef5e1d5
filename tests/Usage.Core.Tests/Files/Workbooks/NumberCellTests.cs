using System.Text;
using Usage.Core.Files;
using Usage.Core.Snapshots.Reading;
using Usage.Core.Tests.Accounts;
using Usage.Core.Values;

namespace Usage.Core.Tests.Files.Workbooks;

/// <summary>A number of a workbook is one, whatever decimal separator its texts have.</summary>
public sealed class NumberCellTests
{
    private const string Header = "<row><c t=\"inlineStr\"><is><t>id</t></is></c><c t=\"inlineStr\"><is><t>n</t></is></c></row>";

    [Theory]
    [InlineData(",")]
    [InlineData(".")]
    [InlineData(null)]
    public async Task Number_is_one_whatever_separator_is_declared(string? declared)
    {
        var (plan, issues, _) = await ReadAsync(declared, "<v>1.375</v>", "<v>13.75</v>", "<v>1234567</v>");
        Assert.Equal((declared ?? ".")[0], plan.DecimalSeparator);
        Assert.Empty(plan.Warnings);
        Assert.Empty(issues);
    }

    [Fact]
    public async Task Numbers_prove_nothing_about_the_texts_beside_them()
    {
        var (plan, issues, _) = await ReadAsync(
            null, "<v>1.375</v>", "<is><t>1,5</t></is>", "<is><t>2,25</t></is>", "<is><t>1,375</t></is>");
        Assert.Equal(',', plan.DecimalSeparator);
        Assert.Empty(plan.Warnings);
        Assert.Empty(issues);
    }

    [Fact]
    public async Task Ambiguous_texts_are_told_and_numbers_are_not()
    {
        var (plan, _, _) = await ReadAsync(null, "<v>1.375</v>", "<is><t>1,375</t></is>");
        var warning = Assert.Single(plan.Warnings);
        Assert.Equal(("decimal-separator-assumed", 1), (warning.Code, warning.Count));
        Assert.Equal(2, warning.Samples[0].Row);
    }

    [Fact]
    public async Task Rejected_row_has_its_numbers_with_the_separator_that_it_is_read_with_again()
    {
        var one = "<v>1</v>";
        var (_, issues, rejected) = await ReadAsync(",", one, one, one, one, "<v>-1234.5</v>");
        Assert.Equal(["unmatched"], issues);
        Assert.StartsWith("5,\"-1234,5\",5,unmatched,unmatched,", rejected);
    }

    private static string TypeOf(string cell) => cell.StartsWith("<is", StringComparison.Ordinal) ? "inlineStr" : "n";

    /// <param name="cells">The cell of each row in the column <c>n</c>.</param>
    private static async Task<(FilePlan Plan, IReadOnlyList<string> Issues, string Rejected)> ReadAsync(
        string? separator, params string[] cells)
    {
        var rows = string.Concat(cells.Select(
            (cell, i) => $"<row><c><v>{i + 1}</v></c><c t=\"{TypeOf(cell)}\">{cell}</c></row>"));
        var mapping = FileFixture.Mapping(new FileFormat { DecimalSeparator = separator }, columns: "n");
        mapping = mapping with
        {
            Products = [mapping.Products[0] with { Dimensions = [mapping.Products[0].Dimensions[0] with { DataType = DataType.Numeric }] }],
        };
        var file = await FileFixture.PlanAsync(new HandMade().Sheet(Header + rows).Bytes(), mapping);
        var accounts = Roster.Of([.. Enumerable.Range(1, 4).Select(id => Roster.Account($"a{id}", crmId: $"{id}"))]);
        using var rejected = new MemoryStream();
        var result = new BatchReader(mapping, file.Plan, accounts, new BatchOptions { Partitions = 1 })
            .Read(file.Whole, file.Content.AsMemory((int)file.Whole.Offset, (int)file.Whole.Length), Stream.Null, rejected, Stream.Null);
        return (file.Plan, [.. result.Issues.Select(issue => issue.Code)], Encoding.UTF8.GetString(rejected.ToArray()));
    }
}
