using System.Security.Cryptography;
using System.Text.Json;
using Usage.Core;

namespace Usage.Functions.Http;

/// <summary>An entity tag made of what is served: the same content has the same tag, wherever it is stored and whoever wrote it.</summary>
public static class EntityTag
{
    public static string Of<T>(T value)
    {
        var json = value is ISigned signed
            ? JsonSerializer.SerializeToUtf8Bytes(signed.Signed(null, null), signed.GetType(), CoreJson.Options)
            : JsonSerializer.SerializeToUtf8Bytes(value, CoreJson.Options);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(json, hash);
        return $"\"{Convert.ToHexStringLower(hash[..10])}\"";
    }
}
