using Usage.Testing.Emulator;

namespace Usage.Storage.Tests;

[CollectionDefinition(Name)]
public sealed class SharedStorage : ICollectionFixture<StorageFixture>
{
    public const string Name = "storage";
}
