using System.Threading.RateLimiting;
using Usage.Core.Ids;
using Usage.Core.Problems;
using Usage.Functions.Http.Errors;
using Usage.Storage.Runs;
using Usage.Storage.Uploads;

namespace Usage.Functions.Access;

/// <summary>
/// How much of what is costly may be under way at once: suggestions and blocks of one process, test runs of the app, uploads of one caller,
/// and runs that wait in one integration's queue. What is dropped into the container waits however long the queue is: nobody could be told
/// to come again.
/// </summary>
public sealed class WorkLimits(
    AccessOptions options, RunCensus census, QueuedRuns queue, UploadStore uploads, TimeProvider clock) : IDisposable
{
    // A test run waits for nobody: one that is older has ended, or the upkeep ends it.
    private static readonly TimeSpan LongestTestRun = TimeSpan.FromDays(1);

    private readonly ConcurrencyLimiter _suggests = Limiter(options.SuggestsAtOnce);
    private readonly ConcurrencyLimiter _blocks = Limiter(options.BlocksAtOnce);
    private readonly ConcurrencyLimiter _testRuns = Limiter(options.TestRunsAtOnce);

    private readonly PartitionedRateLimiter<IntegrationId> _queued = PartitionedRateLimiter.Create<IntegrationId, IntegrationId>(
        integration => RateLimitPartition.Get(integration, _ => Limiter(options.QueuedRunsPerIntegration)));

    private readonly PartitionedRateLimiter<string> _uploads = PartitionedRateLimiter.Create<string, string>(
        caller => RateLimitPartition.Get(caller, _ => Limiter(options.UploadsPerCaller)));

    public void Dispose()
    {
        _suggests.Dispose();
        _blocks.Dispose();
        _uploads.Dispose();
        _testRuns.Dispose();
        _queued.Dispose();
    }

    /// <summary>To be held while the file is read.</summary>
    public WorkPlace Suggest() => Place(_suggests.AttemptAcquire(), 0, 0, "5",
        $"{options.SuggestsAtOnce} files are looked at for suggestions already, which is as many as may be at once.");

    /// <summary>To be held while the block is in memory.</summary>
    public WorkPlace Block() => Place(_blocks.AttemptAcquire(), 0, 0, "1",
        $"{options.BlocksAtOnce} blocks are on their way already, which is as many as may be at once.");

    /// <summary>To be held until the upload's record is stored.</summary>
    /// <param name="caller">Whose it is to be.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<WorkPlace> UploadAsync(string caller, CancellationToken cancellationToken)
    {
        var limit = options.UploadsPerCaller;
        var lease = _uploads.AttemptAcquire(caller);
        var kept = lease.IsAcquired ? await uploads.CountAsync(caller, cancellationToken) : limit;
        // Waiting frees none.
        return IsFree(lease, kept, _uploads.GetStatistics(caller)!.CurrentAvailablePermits) ? new WorkPlace(lease, null)
            : new WorkPlace(lease, ProblemAnswer.Conflict(new ApiError(ProblemCode.TooMany, "",
                $"{limit} uploads of yours are kept already, which is as many as may be: "
                + "delete some (DELETE /api/uploads/{id}) first.")));
    }

    /// <summary>To be held until the test run's record is stored.</summary>
    public async Task<WorkPlace> TestRunAsync(CancellationToken cancellationToken)
    {
        var (now, limit) = (clock.GetUtcNow(), options.TestRunsAtOnce);
        var lease = _testRuns.AttemptAcquire();
        var open = lease.IsAcquired ? await census.CountOpenTestsAsync(now - LongestTestRun, now, limit, cancellationToken) : limit;
        return Place(lease, open, _testRuns.GetStatistics()!.CurrentAvailablePermits, "5",
            $"{limit} test runs are under way already, which is as many as may be at once.");
    }

    /// <summary>To be held until the run is in the queue.</summary>
    public async Task<WorkPlace> QueueAsync(IntegrationId integration, CancellationToken cancellationToken)
    {
        var limit = options.QueuedRunsPerIntegration;
        var lease = _queued.AttemptAcquire(integration);
        var waiting = lease.IsAcquired ? await queue.CountAsync(integration, limit, cancellationToken) : limit;
        return Place(lease, waiting, _queued.GetStatistics(integration)!.CurrentAvailablePermits, "30",
            $"{limit} runs of {integration} wait for their turn already, which is as many as may.");
    }

    /// <param name="stored">Those that the tables know of.</param>
    /// <param name="free">Of the places of this process, which hold those that the tables don't know of yet; this one among them.</param>
    private static WorkPlace Place(RateLimitLease lease, int stored, long free, string seconds, string why)
    {
        if (IsFree(lease, stored, free)) return new WorkPlace(lease, null);
        return new WorkPlace(lease, ProblemAnswer.TooMany(seconds, $"{why} Try again in {seconds} s."));
    }

    private static bool IsFree(RateLimitLease lease, int stored, long free) => lease.IsAcquired && stored <= free;

    private static ConcurrencyLimiter Limiter(int limit) => new(new ConcurrencyLimiterOptions { PermitLimit = limit, QueueLimit = 0 });
}

/// <summary>A place among so many, free again once it is disposed of.</summary>
/// <param name="Refusal">Null: it was free.</param>
public sealed record WorkPlace(RateLimitLease Lease, ProblemAnswer? Refusal) : IDisposable
{
    public void Dispose() => Lease.Dispose();
}
