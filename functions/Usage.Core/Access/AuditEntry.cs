using System.Text.Json;

namespace Usage.Core.Access;

/// <summary>What somebody did, or tried to.</summary>
public sealed record AuditEntry
{
    public required DateTimeOffset At { get; init; }

    /// <summary>The caller's name; of who couldn't sign in, the address.</summary>
    public required string Actor { get; init; }

    /// <summary>An operation of the API by its id, or <see cref="SignInFailed"/>.</summary>
    public required string Action { get; init; }

    /// <summary>The path below <c>/api</c>, such as <c>products/platform</c>.</summary>
    public required string Resource { get; init; }

    /// <summary>What was there; null: nothing, or it isn't something that is edited.</summary>
    public JsonElement? Before { get; init; }

    public JsonElement? After { get; init; }

    public required string RequestId { get; init; }

    /// <summary>The answer's status; null: intended, and nobody knows how it ended.</summary>
    public int? Status { get; init; }

    public const string SignInFailed = "SignInFailed";
}
