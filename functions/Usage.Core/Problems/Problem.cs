using System.Text.Json.Serialization;

namespace Usage.Core.Problems;

/// <summary>What kind of answer a problem asks for.</summary>
public enum ProblemKind
{
    /// <summary>Wrong in itself: 400.</summary>
    Wrong,

    /// <summary>Contradicts what is there: 409.</summary>
    Conflict,

    /// <summary>Accepted, and told: an entry of <c>warnings</c>.</summary>
    Warning,
}

/// <summary>One thing wrong with what someone sent, found together with all others.</summary>
/// <param name="Code">Of <see cref="ProblemCode"/>.</param>
/// <param name="Path">Where, as in <c>products[0].dimensions[1].column</c>.</param>
/// <param name="Message">Found, expected, what to do.</param>
public sealed record Problem(string Code, string Path, string Message)
{
    [JsonIgnore]
    public ProblemKind Kind { get; init; }
}
