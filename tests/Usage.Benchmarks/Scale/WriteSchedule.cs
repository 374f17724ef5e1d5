using System.Collections.Concurrent;
using System.Diagnostics;
using Azure;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Usage.Benchmarks.Files;
using Usage.Core.Changes;
using Usage.Core.Ids;
using Usage.Core.Snapshots;
using Usage.Storage;
using Usage.Storage.Changes;
using Usage.Storage.Snapshots;
using Usage.Storage.Tables;

namespace Usage.Benchmarks.Scale;

/// <summary>
/// Sends what an import of new snapshots sends, in its order: partitions of 50,000 rows, four at work in each instance, in each of them
/// pieces of 24 blocks, eight blocks at once, the next piece when the one before is written and told. The writer, its client and its
/// retries are the product's; merging, which costs processor time and no request, is left out.
/// </summary>
internal sealed class WriteSchedule(IReadOnlyList<ThrottledTables> accounts, DataAccounts router, WriteSchedule.Shape shape)
{
    private const int ActivitiesAtOnce = 4;
    private const int GroupsAtOnce = 8;
    private const int GroupsPerPiece = 24;

    /// <summary>A durable activity that failed is tried again after that.</summary>
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(5);

    private static readonly GroupWrites Group = SampleGroup.Of(0);
    private static readonly GroupTarget Target =
        GroupTarget.Of(LogHeader.Of(SampleMapping.Make("scale")).Products[0], ordinal => new AccountId($"a{ordinal:0000000}"));

    private int _gaveUp;

    /// <param name="Entities">Of all instances together.</param>
    /// <param name="Instances">Of the app.</param>
    /// <param name="AtOnce">Transactions of an instance under way at the same time, at most.</param>
    /// <param name="Tell">What it takes to append a piece to a log.</param>
    public sealed record Shape(int Entities, int Instances, int AtOnce, TimeSpan Tell);

    /// <param name="Share">Of the entities a second that the storage accounts allow.</param>
    /// <param name="PutOff">Requests of a thousand that were answered with 503.</param>
    /// <param name="MostInARow">How often one request was.</param>
    /// <param name="GaveUp">Activities that had to begin again, since the client's retries were used up.</param>
    public sealed record Result(double Seconds, double Share, double PutOff, int MostInARow, int GaveUp);

    public async Task<Result> RunAsync(double allowedPerSecond, CancellationToken cancellationToken)
    {
        var blocks = shape.Entities / Partitioning.BlockSize;
        var perPartition = Partitioning.DefaultRowsPerPartition / Partitioning.BlockSize;
        var partitions = new ConcurrentQueue<int[]>(Enumerable.Range(0, blocks).Chunk(perPartition));
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, shape.Instances).Select(_ => InstanceAsync(partitions, cancellationToken)));
        var (seconds, requests) = (watch.Elapsed.TotalSeconds, accounts.Sum(account => account.Requests));
        return new(
            seconds, accounts.Sum(account => account.Entities) / seconds / allowedPerSecond,
            1000d * accounts.Sum(account => account.PutOff) / requests, accounts.Max(account => account.MostInARow), _gaveUp);
    }

    private async Task InstanceAsync(ConcurrentQueue<int[]> partitions, CancellationToken cancellationToken)
    {
        var writers = accounts.Select(Writer).ToList();
        await Task.WhenAll(Enumerable.Range(0, ActivitiesAtOnce).Select(async _ =>
        {
            while (partitions.TryDequeue(out var blocks))
                foreach (var piece in blocks.Chunk(GroupsPerPiece))
                {
                    await Task.Delay(shape.Tell, cancellationToken);
                    await Parallel.ForEachAsync(
                        piece, new ParallelOptions { MaxDegreeOfParallelism = GroupsAtOnce, CancellationToken = cancellationToken },
                        async (block, cancellationToken) => await WriteAsync(writers[router.Of(block)], block, cancellationToken));
                }
        }));
    }

    private async Task WriteAsync(SnapshotWriter writer, int block, CancellationToken cancellationToken)
    {
        var run = new RunId("20261122T000000-000000000000");
        for (; ; )
        {
            try
            {
                await writer.WriteAsync(
                    Target, Group with { Block = block }, run, StoredBlock.Nothing, () => Task.FromResult(true), cancellationToken);
                return;
            }
            catch (RequestFailedException busy) when (busy.Status == 503)
            {
                Interlocked.Increment(ref _gaveUp);
                await Task.Delay(AgainAfter, cancellationToken);
            }
        }
    }

    private SnapshotWriter Writer(ThrottledTables account)
    {
        var options = UsageTables.ClientOptions(new RequestWindow(shape.AtOnce, TimeProvider.System));
        options.Transport = new HttpClientTransport(new HttpClient(account, disposeHandler: false));
        var service = new TableServiceClient(
            new Uri("https://simulated.table.core.windows.net"),
            new TableSharedKeyCredential("simulated", Convert.ToBase64String(new byte[64])), options);
        return new(new UsageTables(service));
    }
}
