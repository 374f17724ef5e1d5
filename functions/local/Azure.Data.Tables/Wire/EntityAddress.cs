using System.Buffers;
using System.Text;

namespace Azure.Data.Tables.Wire;

/// <summary>Keys inside of a URL: quotes doubled, everything but letters, digits and <c>- _ . ~</c> percent-encoded.</summary>
internal static class EntityAddress
{
    private static readonly SearchValues<byte> Unreserved = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~"u8);

    public static string Of(string table, string partitionKey, string rowKey) =>
        $"/{Uri.EscapeDataString(table)}(PartitionKey='{Escape(partitionKey)}',RowKey='{Escape(rowKey)}')";

    /// <summary>The same escaping, straight into a buffer.</summary>
    public static void AppendEscaped(PooledBuffer buffer, string key)
    {
        Span<byte> utf8 = stackalloc byte[512 * 3];
        utf8 = utf8[..Encoding.UTF8.GetBytes(key, utf8)];
        if (utf8.IndexOfAnyExcept(Unreserved) < 0)
        {
            buffer.Append(utf8);
            return;
        }

        foreach (var b in utf8)
        {
            if (b == (byte)'\'') buffer.Append("%27%27"u8);
            else if (Unreserved.Contains(b)) buffer.Append([b]);
            else buffer.Append([(byte)'%', Hex(b >> 4), Hex(b & 15)]);
        }
    }

    private static byte Hex(int digit) => (byte)(digit < 10 ? '0' + digit : 'A' + digit - 10);

    private static string Escape(string key) => Uri.EscapeDataString(key.Replace("'", "''", StringComparison.Ordinal));
}
