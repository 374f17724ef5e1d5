using Usage.Core.Ids;
using Usage.Storage.Runs;

namespace Usage.Storage.Imports.Writing;

/// <summary>What writing a run's partitions leaves.</summary>
public sealed class PartitionFiles(RunBlobs blobs)
{
    public Task SaveAsync(RunId run, WriteMode mode, int partition, PartitionResult result, CancellationToken cancellationToken) =>
        blobs.SaveJsonAsync(run, Result(mode, partition), result, cancellationToken);

    public Task<bool> IsThereAsync(RunId run, WriteMode mode, int partition, CancellationToken cancellationToken) =>
        blobs.ExistsAsync(run, Result(mode, partition), cancellationToken);

    public IEnumerable<PartitionResult> List(RunId run, WriteMode mode, int count, CancellationToken cancellationToken) =>
        mode == WriteMode.None
        ? []
        : blobs.LoadAll<PartitionResult>(run, Enumerable.Range(0, count).Select(partition => Result(mode, partition)), cancellationToken);

    /// <summary>The result of settling a partition takes the place of that of writing it.</summary>
    private static string Result(WriteMode mode, int partition) =>
        $"merged/{(mode == WriteMode.Settle ? WriteMode.Write : mode)}/{partition}.json";
}
