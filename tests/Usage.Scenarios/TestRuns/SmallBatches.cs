using Usage.Scenarios.App;

namespace Usage.Scenarios.TestRuns;

/// <summary>
/// An app that cuts small files into many batches. Tests of it compare the whole storage, so that nobody else may use it meanwhile.
/// </summary>
public sealed class SmallBatches : AppFixture
{
    public const string Name = "small batches";

    // Some twenty rows each.
    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Usage__BatchBytes"] = "1200" };
}

[CollectionDefinition(SmallBatches.Name)]
public sealed class TestRuns : ICollectionFixture<SmallBatches>;
