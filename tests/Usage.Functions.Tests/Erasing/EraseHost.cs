using Usage.Functions.Tests.Imports;

namespace Usage.Functions.Tests.Erasing;

/// <summary>A storage of its own: an erase waits for all runs, and other tests have some that never end.</summary>
public sealed class EraseHost : ImportHost;

[CollectionDefinition(Name)]
public sealed class EraseTestGroup : ICollectionFixture<EraseHost>
{
    public const string Name = "erase";
}
