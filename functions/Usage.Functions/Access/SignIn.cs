using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Usage.Core;
using Usage.Core.Access;

namespace Usage.Functions.Access;

/// <summary>Finds out who asks: by a key, by App Service's sign-in, or, on one machine, because nobody else can.</summary>
public sealed class SignIn(AccessOptions options, KnownKeys keys, IConfiguration settings)
{
    private const string KeyHeader = "x-functions-key";
    private const string KeyParameter = "code";
    private const string PrincipalHeader = "X-MS-CLIENT-PRINCIPAL";
    private const string UserName = "preferred_username";

    // As App Service passes them on, and as they are called in tokens.
    private static readonly string[] ObjectIds = ["http://schemas.microsoft.com/identity/claims/objectidentifier", "oid"];
    private static readonly string[] Subjects = ["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier", "sub"];

    // The platform takes the header out of what comes from outside only where its own sign-in is on.
    private readonly bool _believesPrincipal = options.SignIn == AccessOptions.Entra
        && string.Equals(settings["WEBSITE_AUTH_ENABLED"], "true", StringComparison.OrdinalIgnoreCase);

    private readonly byte[]? _adminHash = options.AdminKey is null ? null : KeyText.Hash(options.AdminKey);

    /// <returns>Null: nobody whom the app knows.</returns>
    public async Task<Caller?> FindAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (KeyOf(request) is { } key) return await ByKeyAsync(key, cancellationToken);
        if (HasPrincipal(request)) return Principal(request.Headers[PrincipalHeader].ToString());
        return options.Local ? Caller.Local : null;
    }

    /// <summary>In which those may sign in whom nothing else lets in.</summary>
    public IReadOnlyList<SignInKind> Ways => _believesPrincipal ? [SignInKind.Entra, SignInKind.Key] : [SignInKind.Key];

    /// <summary>Whether the platform says who asks, with a role of the app or without.</summary>
    public bool HasPrincipal(HttpRequest request) => _believesPrincipal && request.Headers[PrincipalHeader].ToString().Length > 0;

    /// <summary>Whether a key was given, right or wrong.</summary>
    public bool HasKey(HttpRequest request) => KeyOf(request) is not null;

    /// <summary>Signed in by a cookie, which a browser sends along with whatever page asks for it.</summary>
    public static bool IsByCookie(Caller caller, HttpRequest request) =>
        caller.SignIn == SignInKind.Entra && request.Headers.Authorization.Count == 0;

    private string? KeyOf(HttpRequest request)
    {
        if (request.Headers[KeyHeader].ToString() is { Length: > 0 } header) return header;
        return options.KeyInQuery && request.Query[KeyParameter].ToString() is { Length: > 0 } query ? query : null;
    }

    private async Task<Caller?> ByKeyAsync(string key, CancellationToken cancellationToken)
    {
        if (_adminHash is not null && KeyText.Matches(key, _adminHash)) return new Caller(AuthorNames.AdminKey, Role.Admin, SignInKind.Key);
        return await keys.FindAsync(key, cancellationToken);
    }

    /// <summary>A principal without a role of the app is nobody here.</summary>
    private static Caller? Principal(string header)
    {
        ClientPrincipal? principal;
        try
        {
            principal = JsonSerializer.Deserialize<ClientPrincipal>(Convert.FromBase64String(header), JsonSerializerOptions.Web);
        }
        catch (Exception unreadable) when (unreadable is FormatException or JsonException)
        {
            return null;
        }

        var claims = (principal?.Claims ?? []).OfType<Claim>().Where(claim => claim is { Typ: not null, Val.Length: > 0 }).ToList();
        var roles = claims.Where(claim => claim.Typ == "roles" || claim.Typ == principal!.RoleTyp)
            .Select(claim => RoleOf(claim.Val)).ToList();
        var name = First(principal?.NameTyp ?? "name") ?? First(UserName);
        var person = First([.. ObjectIds, .. Subjects, UserName]);
        if (roles.Max() is not { } most || name is null) return null;
        return new Caller(NameOf(name, First(UserName) ?? person), most, SignInKind.Entra) { Person = person };

        string? First(params string[] types) =>
            types.Select(type => claims.FirstOrDefault(claim => claim.Typ == type)?.Val).FirstOrDefault(value => value is not null);
    }

    /// <summary>Anybody may call themselves as they like: what the audit tells of nobody isn't told of them.</summary>
    private static string NameOf(string name, string? besides) =>
        AuthorNames.AreTaken(name) ? $"person \"{CellText.Line(name)}\" ({CellText.Line(besides ?? "unknown")})" : CellText.Line(name);

    /// <summary>By its name only: a number is none. Nobody signs in as a dropper, who has no integrations without a key.</summary>
    private static Role? RoleOf(string name) =>
        new[] { Role.Reader, Role.Editor, Role.Admin }.Cast<Role?>()
            .FirstOrDefault(role => string.Equals($"{role}", name, StringComparison.OrdinalIgnoreCase));

    private sealed record ClientPrincipal
    {
        [JsonPropertyName("name_typ")]
        public string? NameTyp { get; init; }

        [JsonPropertyName("role_typ")]
        public string? RoleTyp { get; init; }

        public IReadOnlyList<Claim> Claims { get; init; } = [];
    }

    private sealed record Claim(string Typ, string Val);
}
