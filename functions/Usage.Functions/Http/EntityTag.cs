using System.Security.Cryptography;
using System.Text.Json;
using Usage.Core;

namespace Usage.Functions.Http;

/// <summary>A strong entity tag made of what is served: the same content has the same tag, wherever it is stored.</summary>
public static class EntityTag
{
    public static string Of<T>(T value)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value, CoreJson.Options);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(json, hash);
        return $"\"{Convert.ToHexStringLower(hash[..10])}\"";
    }
}
