using System.Security.Cryptography;
using System.Text;
using Usage.Scenarios.Access;

namespace Usage.Scenarios.Attacks.Requests;

/// <summary>Ways in without a key that is known.</summary>
internal static class SignInAttacks
{
    private const string KeyHeader = "x-functions-key";

    private static readonly string Principal = Convert.ToBase64String(Encoding.UTF8.GetBytes(
        """{"auth_typ":"aad","name_typ":"name","role_typ":"roles","claims":[{"typ":"name","val":"x"},{"typ":"roles","val":"admin"}]}"""));

    public static IEnumerable<Attack> All =>
    [
        new("no key", "nobody", "GET", "products", 401, "no-key"),
        new("no key, for what isn't there", "nobody", "GET", "products/nowhere", 401, "no-key"),
        new("no key, for a write", "nobody", "DELETE", "products/own", 401, "no-key"),
        Without("an empty key", (KeyHeader, "")),
        Without("a bearer of the key", ("Authorization", $"Bearer {LockedApp.AdminKey}")),
        Without("the key as a password", ("Authorization", $"Basic {Convert.ToBase64String("admin:admin"u8)}")),
        Without("a token that nobody signed", ("Authorization", "Bearer eyJhbGciOiJub25lIn0.eyJyb2xlcyI6WyJhZG1pbiJdfQ.")),
        Without("a cookie", ("Cookie", $"x-functions-key={LockedApp.AdminKey}; AppServiceAuthSession=x")),
        Without("a principal that only the platform may tell", ("X-MS-CLIENT-PRINCIPAL", Principal)),
        Without("a principal's name", ("X-MS-CLIENT-PRINCIPAL-NAME", "admin")),
        Without("an address of this machine", ("X-Forwarded-For", "127.0.0.1")),
        Without("an address of this machine, otherwise", ("X-Real-IP", "127.0.0.1")),
        Without("an origin of this machine", ("Origin", "http://localhost")),
        Without("another header", ("x-api-key", LockedApp.AdminKey)),
        new("a key in the query", "nobody", "GET", $"products?code={LockedApp.AdminKey}", 401, "no-key"),
        Wrong("a word", "admin"),
        Wrong("the key's beginning", LockedApp.AdminKey[..^1]),
        Wrong("the key and more", $"{LockedApp.AdminKey}x"),
        Wrong("the key in capitals", LockedApp.AdminKey.ToUpperInvariant()),
        Wrong("the key's hash", Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(LockedApp.AdminKey)))),
        Wrong("two keys", $"{LockedApp.AdminKey},{LockedApp.AdminKey}"),
        Wrong("a key without a secret", "usage_~dropper-key-id~_"),
        Wrong("a key's id", "~dropper-key-id~"),
        Wrong("a key with another secret", $"usage_~dropper-key-id~_{new string('A', 43)}"),
        Wrong("a key and more", "~dropper-key~A"),
        Wrong("a revoked key", "~revoked~"),
        Wrong("a key without an id", $"usage__{new string('A', 43)}"),
        Wrong("a filter", "usage_' or 1 eq 1 or PartitionKey eq '_x"),
        Wrong("a folder", "usage_../key_x"),
        Wrong("a long key", $"usage_{new string('a', 8_000)}_x"),
    ];

    private static Attack Without(string name, params (string, string)[] headers) =>
        new(name, "nobody", "GET", "products", 401, "no-key") { Headers = headers };

    private static Attack Wrong(string name, string key) =>
        new(name, "nobody", "GET", "products", 401, "wrong-key") { Headers = [(KeyHeader, key)] };
}
