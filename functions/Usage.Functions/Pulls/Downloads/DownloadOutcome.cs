using Usage.Core.Outbound;
using Usage.Functions.Outbound;

namespace Usage.Functions.Pulls.Downloads;

/// <param name="Status">Pulled, unchanged or failed.</param>
/// <param name="Message">In a sentence.</param>
/// <param name="Retry">When it failed: whether another round may help.</param>
/// <param name="Version">Of the integration, as it was read.</param>
public sealed record DownloadOutcome(PullStatus Status, string Message, Retry Retry = Retry.Never, string? Blob = null, int Version = 0);
