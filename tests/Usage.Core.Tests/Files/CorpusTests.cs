using System.Text.Json;
using Usage.Core.Files;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Products;
using Usage.Core.Values;
using Usage.Testing.Corpus;

namespace Usage.Core.Tests.Files;

/// <summary>What the files of <c>tests/data</c> say of reading alone; the scenarios take them through the whole pipeline.</summary>
public sealed class CorpusTests
{
    private static readonly string[] RowCodes =
        [IssueCode.WrongCellCount, IssueCode.MalformedQuote, IssueCode.NulByte, IssueCode.BadEncoding];

    private static readonly string[] LaterCodes = [IssueCode.NothingRecorded, IssueCode.Aborted, IssueCode.TooManyErrors];

    // Those of the folders below say more than reading alone tells.
    public static TheoryData<string> Names => [.. CorpusFolder.Names.Where(name => !name.Contains('/'))];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task File_reads_as_expected(string name)
    {
        var corpus = CorpusFolder.Load(name);
        var expected = corpus.Expectation;
        var file = await FileFixture.PlanAsync(
            corpus.Content, Mapping(corpus), corpus.Name, new FileLimits { MaxUnpackedBytes = CorpusFolder.Limits.MaxUnpackedBytes },
            batchBytes: 1);

        if (expected.FindError() is { } error && !LaterCodes.Contains(error.Code!))
        {
            Assert.Equal((error.Code, error.Message ?? file.Error.Message), file.Error);
            Assert.Equal(expected.Issues!.Select(i => (i.Code, i.Row, i.Column)),
                file.Outcome.Issues.SelectMany(i => i.Samples.Select(s => (i.Code, s.Row, s.Column))));
            return;
        }
        var rows = file.Plan.Rows == 0 ? [] : file.Rows();
        Assert.Equal(expected.Rows!["read"], file.Plan.Rows);
        Assert.Equal(
            expected.Issues!.Where(i => RowCodes.Contains(i.Code)).Select(i => (i.Code, i.Row!.Value, i.Message)),
            rows.Where(r => r.Code is not null).Select(r => (r.Code!, r.Row, r.Message)));
        Assert.Equal(
            expected.Issues!.Where(i => i.Code == IssueCode.ReadAsWindows1252).Select(i => i.Message),
            file.Plan.Warnings.SelectMany(w => w.Samples.Select(s => s.Message)));
    }

    private static ImportMapping Mapping(CorpusFile corpus)
    {
        var body = corpus.Integration;
        body["id"] = "corpus";
        var integration = body.Deserialize<Integration>(CoreJson.Options)!;
        var types = corpus.Products.SelectMany(p => p["dimensions"]!.AsArray())
            .ToDictionary(d => (string)d!["id"]!, d => Enum.Parse<DataType>((string)d!["dataType"]!, ignoreCase: true));
        return new ImportMapping
        {
            Integration = integration,
            Products = [.. integration.Products.Select(p => new MappedProduct
            {
                Id = p.Product,
                Name = p.Product.Value,
                Period = SnapshotPeriod.Monthly,
                DateColumn = p.DateColumn,
                Dimensions = [.. p.Dimensions.Select(
                    d =>
                        new MappedDimension { Column = d.Column, Id = d.Dimension, DataType = types[d.Dimension.Value],
                            Aggregate = Aggregate.Last, Number = d.Number, Boolean = d.Boolean })],
            })],
            ArrivalDate = new DateOnly(2026, 11, 22),
            TimeZone = "UTC",
        };
    }
}
