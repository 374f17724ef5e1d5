namespace Usage.Storage.Connections;

/// <summary>Makes the tables and containers that aren't there yet; safe to call at every start, from several machines at once.</summary>
public sealed class StorageSetup(StorageConnection connection)
{
    public Task CreateAsync(CancellationToken cancel) => Task.WhenAll(
    [
        .. TableNames.All.Select(name => (Task)connection.Tables.CreateTableIfNotExistsAsync(name, cancel)),
        .. ContainerNames.All.Select(name => (Task)connection.Container(name).CreateIfNotExistsAsync(cancellationToken: cancel)),
    ]);
}
