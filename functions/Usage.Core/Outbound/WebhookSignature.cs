using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Usage.Core.Outbound;

/// <summary>
/// The signature of a notice, as Standard Webhooks defines it: the header <c>webhook-signature</c> is <c>v1,</c> followed by the base64 of
/// the HMAC-SHA256 of <c>{webhook-id}.{webhook-timestamp}.{body}</c>. A receiver computes the same, compares in
/// constant time, refuses old timestamps, and takes each id once.
/// </summary>
public static class WebhookSignature
{
    public const string IdHeader = "webhook-id";

    /// <summary>Seconds since 1970, UTC.</summary>
    public const string TimestampHeader = "webhook-timestamp";

    public const string SignatureHeader = "webhook-signature";

    private const string Base64Mark = "whsec_";

    /// <param name="secret">Its UTF-8 bytes are the key; after <c>whsec_</c> it is base64.</param>
    /// <exception cref="FormatException">What follows <c>whsec_</c> is no base64.</exception>
    public static string Sign(string secret, string id, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Key(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes($"{id}.{Timestamp(at)}."));
        hmac.AppendData(body);
        return $"v1,{Convert.ToBase64String(hmac.GetHashAndReset())}";
    }

    public static string Timestamp(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static byte[] Key(string secret) => secret.StartsWith(Base64Mark, StringComparison.Ordinal)
        ? Convert.FromBase64String(secret[Base64Mark.Length..])
        : Encoding.UTF8.GetBytes(secret);
}
