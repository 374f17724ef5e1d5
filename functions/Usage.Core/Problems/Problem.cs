using System.Text.Json.Serialization;

namespace Usage.Core.Problems;

/// <summary>What kind of answer a problem leads to.</summary>
public enum ProblemKind
{
    /// <summary>Wrong in itself: 400.</summary>
    Wrong,

    /// <summary>Contradicts what is stored: 409.</summary>
    Conflict,

    /// <summary>Accepted, but listed in <c>warnings</c>.</summary>
    Warning,
}

/// <summary>One thing that is wrong with a request; all are found at once.</summary>
/// <param name="Code">Of <see cref="ProblemCode"/>.</param>
/// <param name="Path">Where, as in <c>products[0].dimensions[1].column</c>.</param>
/// <param name="Message">Found, expected, what to do.</param>
public sealed record Problem(string Code, string Path, string Message)
{
    [JsonIgnore]
    public ProblemKind Kind { get; init; }

    /// <summary>Nothing is wrong but that something is still to be chosen: a test run of a proposal goes without it.</summary>
    [JsonIgnore]
    public bool IsOpen { get; init; }
}
