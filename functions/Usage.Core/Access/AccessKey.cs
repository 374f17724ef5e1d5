using Usage.Core.Ids;
using Usage.Core.Problems;

namespace Usage.Core.Access;

/// <summary>A key as it is kept: what was made of 256 random bits is only there as its hash.</summary>
public sealed record AccessKey
{
    public const int MaxNameLength = 100;
    public const int MaxIntegrations = 100;

    public required KeyId Id { get; init; }

    public required string Name { get; init; }

    public required Role Role { get; init; }

    /// <summary>Of a dropper; null for all other roles.</summary>
    public IReadOnlyList<IntegrationId>? Integrations { get; init; }

    /// <summary>Null: it doesn't expire.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public required string By { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>To within some minutes.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Whose hash was given is the caller; null once it has expired.</summary>
    public Caller? AsCaller(DateTimeOffset now) => ExpiresAt <= now
        ? null : new Caller(Name, Role, SignInKind.Key, Role == Role.Dropper ? Integrations ?? [] : null) { Key = Id };

    /// <param name="role">Null: it is no role, of which somebody has told already.</param>
    /// <returns>Every problem at once; empty when there is none.</returns>
    public static IReadOnlyList<Problem> Validate(
        string name, Role? role, IReadOnlyList<IntegrationId>? integrations, DateTimeOffset? expiresAt, DateTimeOffset now)
    {
        var problems = new ProblemList();
        if (problems.Text("name", name, MaxNameLength))
        {
            if (AuthorNames.AreTaken(name))
                problems.Wrong(ProblemCode.Invalid, "name",
                    $"found \"{CellText.Shown(name.Trim())}\", expected another name: by it is told what no person and no such key did");
            else if (CellText.Line(name) != name)
                problems.Wrong(ProblemCode.Invalid, "name",
                    $"found \"{CellText.Shown(name)}\", expected no characters that aren't seen: names tell who did what");
        }

        if (role == Role.Dropper && integrations is not { Count: > 0 })
            problems.Wrong(ProblemCode.Required, "integrations",
                "found none, expected the integrations that the dropper may send files to");
        if (role is not (Role.Dropper or null) && integrations is not null)
            problems.Wrong(ProblemCode.Invalid, "integrations", "found integrations, expected none: only a dropper is bound to some");
        problems.AtMost("integrations", integrations?.Count ?? 0, MaxIntegrations, "integrations");
        if (expiresAt <= now) problems.Wrong(ProblemCode.OutOfRange, "expiresAt", "found a time that is over, expected one to come");
        return problems.Problems;
    }
}
