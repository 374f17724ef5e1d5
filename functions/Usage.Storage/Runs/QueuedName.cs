using System.Text;

namespace Usage.Storage.Runs;

/// <summary>A blob's name as part of a key that keeps the order of names: its UTF-8 in hexadecimal, without the folder that all names of an integration share.</summary>
internal static class QueuedName
{
    /// <summary>A key has room for that many; names that differ only behind are ordered by their runs.</summary>
    private const int LongestBytes = 220;

    public static string Of(string blob)
    {
        var bytes = Encoding.UTF8.GetBytes(blob[(blob.IndexOf('/') + 1)..]);
        return Convert.ToHexStringLower(bytes.AsSpan(0, Math.Min(bytes.Length, LongestBytes)));
    }
}
