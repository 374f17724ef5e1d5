using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Usage.Core.Ids;

namespace Usage.Core.Access;

/// <summary>A key as its holder has it: <c>usage_ID_SECRET</c>, of which the secret is 256 random bits.</summary>
public static class KeyText
{
    private const string Prefix = "usage_";
    private const int SecretBytes = 32;

    public static string Of(KeyId id) => $"{Prefix}{id}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}";

    /// <summary>Ids hold no underscore, so the first one ends the id.</summary>
    public static bool TryGetId(string key, [NotNullWhen(true)] out KeyId? id)
    {
        id = null;
        if (!key.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        var rest = key[Prefix.Length..];
        if (rest.IndexOf('_') is var end and > 0 && KeyId.TryParse(rest[..end], out var found)) id = found;
        return id is not null;
    }

    /// <summary>SHA-256 is enough for a secret that nobody can guess; what people choose would need a slow hash.</summary>
    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>In constant time.</summary>
    public static bool Matches(string key, ReadOnlySpan<byte> hash) => CryptographicOperations.FixedTimeEquals(Hash(key), hash);
}
