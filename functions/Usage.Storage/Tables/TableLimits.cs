using System.Buffers;
using System.Globalization;
using Azure.Data.Tables;

namespace Usage.Storage.Tables;

/// <summary>What Azure takes in an entity. The emulator takes more: only a check of our own shows a mistake before Azure does.</summary>
internal static class TableLimits
{
    private const int KeyLength = 512;
    private const int Properties = 252;
    private const int NameLength = 255;
    private const int TextLength = 32_768;
    private const int EntityBytes = 1 << 20;

    private static readonly SearchValues<char> NotInKeys = SearchValues.Create(
        [.. "/\\#?", .. Enumerable.Range(0, 0x20).Select(c => (char)c), .. Enumerable.Range(0x7F, 0x21).Select(c => (char)c)]);

    // Azure allows all that a C# identifier may have; names of ours are ASCII.
    private static readonly SearchValues<char> InNames =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    /// <returns>Bytes that the entity takes in a transaction at most; one alone always has room.</returns>
    /// <exception cref="TableLimitException">Azure would refuse it.</exception>
    public static int Check(string table, TableEntity entity)
    {
        CheckKeys(table, entity.PartitionKey, entity.RowKey);
        var keys = entity.PartitionKey.Length + entity.RowKey.Length;
        // Stored sizes are Azure's published sums. In a request, a character takes 6 bytes at most in JSON and 9 in a URL, a name stands
        // beside its value and beside its type, and 1,000 bytes are boundaries, headers and the rest of the URL.
        var (count, stored, sent) = (0, 4 + 2 * keys, 1_000 + 15 * keys);
        foreach (var (name, value) in entity)
        {
            if (value is null || name is "PartitionKey" or "RowKey" or "Timestamp" or "odata.etag") continue;
            CheckName(table, entity, name);
            count++;
            stored += 8 + 2 * name.Length + Size(table, entity, name, value);
            sent += 80 + 2 * name.Length + 6 * ((value as string)?.Length ?? 0);
        }

        if (count > Properties) throw Refused(table, entity, $"{count} properties", $"at most {Properties}");
        if (stored > EntityBytes) throw Refused(table, entity, $"{Count(stored)} bytes", $"at most {Count(EntityBytes)}");
        return sent;
    }

    /// <exception cref="TableLimitException">Azure would refuse it.</exception>
    public static void CheckKeys(string table, string partition, string row)
    {
        CheckKey("partition key", partition);
        CheckKey("row key", row);

        void CheckKey(string which, string key)
        {
            if (key.Length > KeyLength)
                throw new TableLimitException(table, partition, row, $"a {which} of {key.Length} characters", $"at most {KeyLength}");
            if (key.AsSpan().IndexOfAny(NotInKeys) is >= 0 and var at)
                throw new TableLimitException(
                    table, partition, row, $"U+{(int)key[at]:X4} in the {which}", "none of / \\ # ? nor control characters");
        }
    }

    private static void CheckName(string table, TableEntity entity, string name)
    {
        if (name.Length > NameLength || char.IsAsciiDigit(name[0]) || name.AsSpan().ContainsAnyExcept(InNames))
            throw Refused(
                table, entity, $"a property \"{TableLimitException.Short(name)}\"",
                $"a name of A-Z, a-z, 0-9 and _, at most {NameLength}, no digit first");
    }

    private static int Size(string table, TableEntity entity, string name, object value) => value switch
    {
        string { Length: <= TextLength } text => 4 + 2 * text.Length,
        string { Length: var length } =>
            throw Refused(table, entity, $"{Count(length)} characters in {name}", $"at most {Count(TextLength)}"),
        double number when double.IsFinite(number) => 8,
        double number => throw Refused(table, entity, FormattableString.Invariant($"{number} in {name}"), "a finite number"),
        bool => 1,
        int => 4,
        long or DateTimeOffset => 8,
        _ => throw Refused(
            table, entity, $"a {value.GetType().Name} in {name}", "a String, Double, Boolean, Int32, Int64 or DateTimeOffset"),
    };

    private static TableLimitException Refused(string table, TableEntity entity, string found, string expected) =>
        new(table, entity.PartitionKey, entity.RowKey, found, expected);

    private static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
