#nullable disable
namespace Azure.Data.Tables;

/// <summary>Typed reads: null when the property is missing, <see cref="InvalidOperationException"/> when it is of another type.</summary>
public sealed partial class TableEntity
{
    public string GetString(string key) => Read(key) switch
    {
        null => null,
        string text => text,
        DateTimeOffset time => time.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        DateTime time => time.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        var other => throw WrongType<string>(other),
    };

    public byte[] GetBinary(string key) => Read(key) switch
    {
        null => null,
        byte[] bytes => bytes,
        BinaryData data => data.ToArray(),
        var other => throw WrongType<byte[]>(other),
    };

    public BinaryData GetBinaryData(string key) => Read(key) switch
    {
        null => null,
        BinaryData data => data,
        byte[] bytes => new BinaryData(bytes),
        var other => throw WrongType<BinaryData>(other),
    };

    public bool? GetBoolean(string key) => ReadValue<bool>(key);

    public double? GetDouble(string key) => ReadValue<double>(key);

    public Guid? GetGuid(string key) => ReadValue<Guid>(key);

    public int? GetInt32(string key) => ReadValue<int>(key);

    public long? GetInt64(string key) => ReadValue<long>(key);

    /// <summary>The date and time in UTC.</summary>
    public DateTime? GetDateTime(string key) => Read(key) switch
    {
        null => null,
        DateTime time => time,
        DateTimeOffset time => time.UtcDateTime,
        var other => throw WrongType<DateTime?>(other),
    };

    public DateTimeOffset? GetDateTimeOffset(string key) => Read(key) switch
    {
        null => null,
        DateTimeOffset time => time,
        DateTime time => new DateTimeOffset(time),
        var other => throw WrongType<DateTimeOffset?>(other),
    };

    private T? ReadValue<T>(string key)
        where T : struct => Read(key) switch
        {
            null => null,
            T value => value,
            var other => throw WrongType<T?>(other),
        };

    private object Read(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return _properties.GetValueOrDefault(key);
    }

    private static InvalidOperationException WrongType<T>(object value) =>
        new($"Cannot return {typeof(T)} type for a {value.GetType()} typed property.");
}
