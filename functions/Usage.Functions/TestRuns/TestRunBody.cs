using System.Text.Json;

namespace Usage.Functions.TestRuns;

/// <summary>A test run of a file that was dropped already.</summary>
public sealed record TestRunBody
{
    /// <summary>An integration's body, or the id of a saved one.</summary>
    public required JsonElement Integration { get; init; }

    /// <summary>Path within <c>imports</c>.</summary>
    public required string Blob { get; init; }

    /// <summary>Taken as if they were there, and not made.</summary>
    public IReadOnlyList<DraftProduct> Products { get; init; } = [];
}
