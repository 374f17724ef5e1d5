using System.Buffers;

namespace Azure.Data.Tables.Errors;

/// <summary>What a partition or row key may be: up to 1 KiB as UTF-16, and nothing that a URL would break at.</summary>
internal static class KeyRules
{
    private const int LongestKey = 512;

    private static readonly SearchValues<char> Refused = SearchValues.Create(
        [.. "/\\#?", .. Enumerable.Range(0, 0x20).Select(c => (char)c), .. Enumerable.Range(0x7F, 0x21).Select(c => (char)c)]);

    /// <exception cref="RequestFailedException">As the service would answer.</exception>
    public static void Check(string partitionKey, string rowKey)
    {
        CheckOne("PartitionKey", partitionKey);
        CheckOne("RowKey", rowKey);
    }

    private static void CheckOne(string name, string value)
    {
        if (value.Length > LongestKey) throw Refusals.KeyValueTooLarge(name);
        if (value.AsSpan().IndexOfAny(Refused) >= 0) throw Refusals.KeyOutOfRange(name, value);
    }
}
