using Usage.Core.Ids;

namespace Usage.Core.Access;

/// <summary>Who asks.</summary>
/// <param name="Name">For people and the audit: a key's name, a person's user name, <c>local</c>.</param>
/// <param name="Integrations">A dropper's; null: all.</param>
public sealed record Caller(string Name, Role Role, SignInKind SignIn, IReadOnlyList<IntegrationId>? Integrations = null)
{
    /// <summary>That an admin made; null: another one, or none.</summary>
    public KeyId? Key { get; init; }

    /// <summary>Of a person: by what the directory tells them from others of their name; null: it doesn't say.</summary>
    public string? Person { get; init; }

    /// <summary>Tells them from all others: two keys or persons may have one name, and a key that of a person.</summary>
    public string Identity => Key is { } key ? $"key {key}" : $"{SignIn} {Person ?? Name}";

    /// <summary>On one machine, where nobody else can ask.</summary>
    public static Caller Local { get; } = new("local", Role.Admin, SignInKind.Local);

    /// <summary>Rows of files as they came, with whatever they hold of persons.</summary>
    public bool SeesRawRows => Role != Role.Reader;

    /// <summary>By the role alone; a dropper's integrations are asked for besides.</summary>
    /// <param name="droppers">Whether it is for droppers too, within their integrations.</param>
    public bool May(Audience audience, bool droppers) => audience switch
    {
        Audience.Anonymous or Audience.Any => true,
        _ when Role == Role.Dropper => droppers,
        Audience.Reader => true,
        Audience.Editor => Role >= Role.Editor,
        _ => Role == Role.Admin,
    };

    public bool MayUse(IntegrationId integration) => Integrations is null || Integrations.Contains(integration);
}

public enum SignInKind
{
    Local,
    Key,
    Entra,
}
