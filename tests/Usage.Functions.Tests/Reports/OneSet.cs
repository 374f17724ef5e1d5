using Usage.Functions.Tests.Imports;

namespace Usage.Functions.Tests.Reports;

/// <summary>A <see cref="UsageSet"/> for several tests, since importing it takes longest. None of them changes its values.</summary>
public sealed class OneSet(ImportHost host) : IAsyncLifetime
{
    internal UsageSet Set { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Set = await UsageSet.MakeAsync(host);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

[CollectionDefinition(Name)]
public sealed class OneSetGroup : ICollectionFixture<OneSet>
{
    public const string Name = "one set of usage";
}
