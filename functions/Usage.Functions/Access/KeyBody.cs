using Usage.Core.Access;
using Usage.Core.Ids;

namespace Usage.Functions.Access;

/// <summary>The body of <c>POST /keys</c>.</summary>
public sealed record KeyBody
{
    public required string Name { get; init; }

    public required Role Role { get; init; }

    /// <summary>Of a dropper only.</summary>
    public IReadOnlyList<IntegrationId>? Integrations { get; init; }

    /// <summary>Null: it doesn't expire.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
