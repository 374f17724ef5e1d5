using System.Globalization;
using Usage.Scenarios.App;
using Usage.Testing.Corpus;

namespace Usage.Scenarios.Corpus;

public sealed class CorpusTests(CorpusTests.LimitedApp app) : IClassFixture<CorpusTests.LimitedApp>
{
    public static TheoryData<string> Names => new(CorpusFolder.Names.Where((_, place) => place % Scale.CorpusPart == 0));

    [Theory]
    [MemberData(nameof(Names))]
    public Task File_comes_to_what_is_expected_of_it(string name) => CorpusCheck.RunAsync(app, CorpusFolder.Load(name));

    public sealed class LimitedApp : AppFixture
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
        {
            ["Usage__Limits__MaxUnpackedBytes"] = CorpusFolder.Limits.MaxUnpackedBytes.ToString(CultureInfo.InvariantCulture),
        };
    }
}

/// <summary>The same with a batch for every row: fan-out, merge and decision of large files on small ones.</summary>
public sealed class CorpusInBatchesTests(CorpusInBatchesTests.BatchedApp app) : IClassFixture<CorpusInBatchesTests.BatchedApp>
{
    private const int Small = 4_000;

    // Not every file, for the suite's time; that cuts make no difference is a property of its own, tested on random files.
    public static TheoryData<string> Names => new(
        CorpusFolder.Names.Where(name => CorpusFolder.Load(name).Content.Length <= Small)
            .Where((_, place) => place % Scale.CorpusStep == 0));

    [Theory]
    [MemberData(nameof(Names))]
    public Task File_in_batches_of_a_row_comes_to_the_same(string name) => CorpusCheck.RunAsync(app, CorpusFolder.Load(name));

    public sealed class BatchedApp : AppFixture
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
        {
            ["Usage__BatchBytes"] = "1",
            ["Usage__Limits__MaxUnpackedBytes"] = CorpusFolder.Limits.MaxUnpackedBytes.ToString(CultureInfo.InvariantCulture),
        };
    }
}
