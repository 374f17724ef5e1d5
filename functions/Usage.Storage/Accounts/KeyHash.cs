using System.Security.Cryptography;
using System.Text;

namespace Usage.Storage.Accounts;

/// <summary>Any text as a table key: keys of tables can't hold every character that keys of accounts can.</summary>
internal static class KeyHash
{
    public static string Of(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return Convert.ToHexStringLower(hash[..16]);
    }
}
