using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Usage.Core.Ids;

/// <summary>
/// A run's id consists of its time and a hash of what was dropped: the same drop has the same id however often its event comes.
/// </summary>
public static class RunIdText
{
    private const string TimeFormat = "yyyyMMdd'T'HHmmss";

    /// <param name="arrivedAt">The blob's last-modified time.</param>
    /// <param name="blob">Path within the container.</param>
    /// <param name="etag">The blob's ETag; quotes around it don't count.</param>
    public static RunId ForDrop(DateTimeOffset arrivedAt, string blob, string etag) => Make(arrivedAt, $"{blob}\n{etag.Trim('"')}");

    /// <summary>An id that is never made twice, for test runs.</summary>
    public static RunId Unique(DateTimeOffset at, Guid salt) => Make(at, salt.ToString("N"));

    /// <summary>Of a run that follows from another one: the same cause gives the same run, however often it is asked for.</summary>
    /// <param name="at">When it was asked for.</param>
    public static RunId ForChild(DateTimeOffset at, RunId parent, string cause) => Make(at, $"{parent}\n{cause}");

    /// <summary>The beginning of the ids of a second's runs.</summary>
    public static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    internal static bool IsValid(string? text) =>
        text is { Length: 28 } && text[15] == '-'
        && DateTime.TryParseExact(text.AsSpan(0, 15), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        && text.Skip(16).All(char.IsAsciiHexDigitLower);

    private static RunId Make(DateTimeOffset at, string seed)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(seed)).AsSpan(0, 6);
        return new($"{Stamp(at)}-{Convert.ToHexStringLower(hash)}");
    }
}
