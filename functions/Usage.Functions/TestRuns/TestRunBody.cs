using System.Text.Json;
using Usage.Core.Ids;

namespace Usage.Functions.TestRuns;

/// <summary>A test run of a file that is there already: one that was dropped, or an upload.</summary>
public sealed record TestRunBody
{
    /// <summary>An integration's body, or the id of a saved one.</summary>
    public required JsonElement Integration { get; init; }

    /// <summary>Path within <c>imports</c>; null: an upload.</summary>
    public string? Blob { get; init; }

    /// <summary>Of one's own; null: a blob.</summary>
    public UploadId? Upload { get; init; }

    /// <summary>Taken as if they were there, and not made. Beside them a draft may leave <c>match</c> and dimensions open.</summary>
    public IReadOnlyList<DraftProduct>? Products { get; init; }
}
