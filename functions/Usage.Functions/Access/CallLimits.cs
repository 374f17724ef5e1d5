using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Usage.Core.Access;

namespace Usage.Functions.Access;

/// <summary>
/// How often a caller may ask, and an address may be wrong: in one process, each with buckets that fill again by the second.
/// </summary>
public sealed class CallLimits(AccessOptions options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _requests = Limiter(options.RequestsPerMinute);
    private readonly PartitionedRateLimiter<string> _wrongKeys = Limiter(options.WrongKeysPerMinute);

    public void Dispose()
    {
        _requests.Dispose();
        _wrongKeys.Dispose();
    }

    /// <returns>Null: it may; else how long to wait.</returns>
    public TimeSpan? Count(Caller caller) => caller.SignIn == SignInKind.Local ? null : Take(_requests, caller.Identity, 1);

    /// <returns>Null: fewer wrong keys came from there than may; else how long to wait.</returns>
    public TimeSpan? CheckWrongKeys(HttpRequest request)
    {
        // Taking none of a bucket succeeds as long as a fraction of a key is in it, and it fills again all the time.
        if (_wrongKeys.GetStatistics(Address(request)) is not { CurrentAvailablePermits: < 1 }) return null;
        return Period(options.WrongKeysPerMinute);
    }

    public void CountWrongKey(HttpRequest request) => Take(_wrongKeys, Address(request), 1);

    /// <summary>The last that a proxy of ours added; what stands before it, anybody may have written.</summary>
    public static string Address(HttpRequest request)
    {
        var forwarded = request.Headers["X-Forwarded-For"].ToString().Split(',')[^1].Trim();
        // With its port, in Azure.
        if (IPEndPoint.TryParse(forwarded, out var address)) return address.Address.ToString();
        return request.HttpContext.Connection.RemoteIpAddress?.ToString() ?? "unknown";
    }

    private static PartitionedRateLimiter<string> Limiter(int perMinute) => PartitionedRateLimiter.Create<string, string>(
        who => RateLimitPartition.GetTokenBucketLimiter(who, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = perMinute,
            TokensPerPeriod = Math.Max(1, perMinute / 60),
            ReplenishmentPeriod = Period(perMinute),
            QueueLimit = 0,
        }));

    /// <summary>After which a bucket has room for one more.</summary>
    private static TimeSpan Period(int perMinute) => TimeSpan.FromSeconds(Math.Max(1, 60.0 / perMinute));

    private static TimeSpan? Take(PartitionedRateLimiter<string> limiter, string who, int count)
    {
        using var lease = limiter.AttemptAcquire(who, count);
        if (lease.IsAcquired) return null;
        return lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1);
    }
}
