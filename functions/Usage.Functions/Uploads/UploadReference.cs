using Usage.Core.Ids;

namespace Usage.Functions.Uploads;

/// <summary>Names an upload where its file could be the body as well.</summary>
public sealed record UploadReference
{
    public required UploadId Upload { get; init; }
}
