using Azure.Data.Tables;
using Usage.Benchmarks.Files;
using Usage.Benchmarks.Tables;
using Usage.Core.Changes;
using Usage.Core.Ids;
using Usage.Core.Snapshots;
using Usage.Storage;
using Usage.Storage.Changes;
using Usage.Storage.Snapshots;

namespace Usage.Benchmarks.Writing;

/// <summary>The same snapshots, to be written either way.</summary>
internal sealed class WriteSubject : IDisposable
{
    private readonly BareTables _bare;
    private readonly SnapshotWriter _writer;
    private readonly SnapshotWriter _plain;
    private readonly AccountId[] _accounts;

    public WriteSubject(string connection, int entities)
    {
        _bare = new BareTables(connection);
        _writer = Writer(connection, UsageTables.ClientOptions());
        _plain = Writer(connection, new TableClientOptions());
        _accounts = [.. Enumerable.Range(0, entities).Select(i => new AccountId($"a{i:0000000}"))];
    }

    /// <summary>All that the emulator makes use of.</summary>
    public const int AtOnce = 4;

    private int Blocks => _accounts.Length / Partitioning.BlockSize;

    public List<Transaction> Bare(string product) =>
    [
        .. Enumerable.Range(0, Blocks).Select(block => new Transaction(
            TransactionBody.Write("snapshots", SnapshotKeys.Partition(block, new ProductId(product), SampleGroup.Date),
                block * Partitioning.BlockSize, Partitioning.BlockSize),
            $"multipart/mixed; boundary={TransactionBody.Batch}")),
    ];

    public List<GroupWrites> Groups() => [.. Enumerable.Range(0, Blocks).Select(SampleGroup.Of)];

    public Task SendAsync(IReadOnlyList<Transaction> transactions, CancellationToken cancellationToken) =>
        _bare.SendAllAsync(transactions, AtOnce, cancellationToken);

    public Task WriteAsync(string product, IReadOnlyList<GroupWrites> groups, CancellationToken cancellationToken) =>
        WriteAsync(_writer, product, groups, cancellationToken);

    /// <summary>By the official client as it is.</summary>
    public Task WritePlainAsync(string product, IReadOnlyList<GroupWrites> groups, CancellationToken cancellationToken) =>
        WriteAsync(_plain, product, groups, cancellationToken);

    public void Dispose()
    {
        _bare.Dispose();
    }

    private static SnapshotWriter Writer(string connection, TableClientOptions options) =>
        new(new UsageTables(new TableServiceClient(connection, options)));

    private Task WriteAsync(SnapshotWriter writer, string product, IReadOnlyList<GroupWrites> groups, CancellationToken cancellationToken)
    {
        var mapping = SampleMapping.Make(product);
        var target = GroupTarget.Of(LogHeader.Of(mapping).Products[0], ordinal => _accounts[ordinal]);
        var run = new RunId(TransactionBody.RunText);
        return Parallel.ForEachAsync(
            groups, new ParallelOptions { MaxDegreeOfParallelism = 2 * AtOnce, CancellationToken = cancellationToken },
            async (group, cancellationToken) => await writer.WriteAsync(
                target, group, run, StoredBlock.Nothing, () => Task.FromResult(true), cancellationToken));
    }
}
