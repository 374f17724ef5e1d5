using Usage.Core.Outbound;

namespace Usage.Functions.Exports.Downloads;

/// <param name="Status">Pulled, unchanged or failed.</param>
/// <param name="Message">In a sentence.</param>
/// <param name="Again">When it failed: whether another round may help.</param>
/// <param name="Version">Of the integration, as it was read.</param>
public sealed record DownloadOutcome(PullStatus Status, string Message, Again Again = Again.Never, string? Blob = null, int Version = 0);
