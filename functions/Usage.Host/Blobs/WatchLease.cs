using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Usage.Host.Blobs;

/// <summary>
/// Of several hosts on one storage one looks for new blobs at a time: the one that holds this lease. A lease's id is its host's, so that a
/// host which was killed has its own lease again at once when it is started again.
/// </summary>
/// <param name="blob">Which it is a lease of.</param>
/// <param name="owner">Never the same for two living hosts; the same again after a restart.</param>
/// <param name="clock">For its length.</param>
internal sealed class WatchLease(BlobClient blob, string owner, TimeProvider clock)
{
    /// <summary>The shortest that the service gives: so long a host that was killed is waited for.</summary>
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(2);

    private readonly string _id = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(owner)).AsSpan(0, 16)).ToString();
    private long? _taken;

    /// <summary>Takes it, or renews it in good time.</summary>
    /// <returns>False: another host has it.</returns>
    public async Task<bool> HoldAsync(CancellationToken cancellationToken)
    {
        if (_taken is { } taken && clock.GetElapsedTime(taken) < Renewal) return true;
        _taken = null;
        var asked = clock.GetTimestamp();
        try
        {
            await blob.GetBlobLeaseClient(_id).AcquireAsync(Length, cancellationToken: cancellationToken);
            _taken = asked;
            return true;
        }
        catch (RequestFailedException absent) when (absent.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            await CreateAsync(cancellationToken);
            return await HoldAsync(cancellationToken);
        }
        catch (RequestFailedException held) when (held.ErrorCode == BlobErrorCode.LeaseAlreadyPresent)
        {
            return false;
        }
    }

    /// <summary>For the next host, which then needn't wait until it has run out.</summary>
    public async Task ReleaseAsync()
    {
        if (_taken is null) return;
        _taken = null;
        using var patience = new CancellationTokenSource(LastPatience);
        try
        {
            await blob.GetBlobLeaseClient(_id).ReleaseAsync(cancellationToken: patience.Token);
        }
        catch (Exception away) when (away is RequestFailedException or OperationCanceledException or AggregateException)
        {
            // It runs out by itself.
        }
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await blob.UploadAsync(
                BinaryData.Empty, new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } },
                cancellationToken);
        }
        catch (RequestFailedException made) when (made.Status is 409 or 412)
        {
            // Another host was quicker.
        }
    }
}
