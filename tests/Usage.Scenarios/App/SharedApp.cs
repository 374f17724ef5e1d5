namespace Usage.Scenarios.App;

/// <summary>Scenarios that share one app.</summary>
[CollectionDefinition(Name)]
public sealed class SharedApp : ICollectionFixture<AppFixture>
{
    public const string Name = "app";
}
